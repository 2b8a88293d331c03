using System.Globalization;
using System.Text;

namespace RetentionFuncs.Scoring.Bulk;

/// <summary>
/// Writes everybody's row as CSV: customer_id, stage, next_crossing, chance_of_return, chance_alive, expected_orders, expected_spend.
/// Rows stand in the order of a hash of the id, the same in every run.
/// </summary>
public static class ScoreFile
{
    private const int AtOnce = 16;
    private static readonly string[] Stages = [.. Enum.GetNames<LapseStage>().Select(n => n.ToLowerInvariant())];

    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(BulkBase all, string path)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        file.Write("customer_id,stage,next_crossing,chance_of_return,chance_alive,expected_orders,expected_spend\n"u8);
        for (var from = 0; from < all.Parts; from += AtOnce)
        {
            // Parts are made side by side, and written in their order.
            var (first, texts) = (from, new byte[Math.Min(AtOnce, all.Parts - from)][]);
            Lanes.ForEach(texts.Length, all.Lanes, (_, i) => texts[i] = Text(all.Part(first + i)));
            foreach (var text in texts)
            {
                file.Write(text);
            }
        }
    }

    private static byte[] Text(ScoredPart part)
    {
        var text = new StringBuilder(part.Patterns.Customers * 64);
        for (var i = 0; i < part.Patterns.Customers; i++)
        {
            text.Append(part.Patterns.IdOf(i)).Append(',').Append(Stages[(int)part.Stages.Stages[i]]).Append(',');
            if (part.Stages.NextOn[i] is > 0 and var next)
            {
                text.Append(CultureInfo.InvariantCulture, $"{DateOnly.FromDayNumber(next):yyyy-MM-dd}");
            }

            text.Append(
                CultureInfo.InvariantCulture,
                $",{part.Scores.ChanceOfReturn[i]:0.######},{part.Scores.ChanceAlive[i]:0.######},{part.Scores.ExpectedOrders[i]:0.######},"
            );
            if (part.Values is { } values)
            {
                text.Append(CultureInfo.InvariantCulture, $"{values[i] / 100m:0.00}");
            }

            text.Append('\n');
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }
}
