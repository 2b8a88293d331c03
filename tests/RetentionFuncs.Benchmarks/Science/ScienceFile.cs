using System.Buffers.Text;
using MathNet.Numerics.Distributions;

namespace RetentionFuncs.Benchmarks.Science;

/// <summary>
/// The orders file of the comparison: customers who buy by BG/NBD (r 0.6, alpha 50 days, a 0.8, b 3.2) and spend by Gamma-Gamma (6.25,
/// 3.74, 15.44); first orders over two years, observed for three. The same bytes in every run. Lines stand by day, as shops export them.
/// </summary>
internal static class ScienceFile
{
    public static readonly DateOnly First = new(2022, 1, 1);
    public static readonly DateOnly Last = new(2024, 12, 30);
    private const int Acquisition = 730;

    /// <summary>Makes the file unless it is there.</summary>
    public static string Of(string folder, int customers)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, $"orders-{customers}.csv");
        if (!File.Exists(path))
        {
            var (days, owners, cents) = Simulate(customers);
            Write(path + ".part", days, owners, cents);
            File.Move(path + ".part", path);
        }

        return path;
    }

    private static (List<short> Days, List<int> Owners, List<int> Cents) Simulate(int customers)
    {
        var random = new Random(20050214);
        var (days, owners, cents) = (new List<short>(), new List<int>(), new List<int>());
        var end = Last.DayNumber - First.DayNumber + 1.0;
        for (var i = 0; i < customers; i++)
        {
            var (rate, leaves) = (Gamma.Sample(random, 0.6, 50), Beta.Sample(random, 0.8, 3.2));
            var (scale, isHere) = (Gamma.Sample(random, 3.74, 15.44), true);
            for (var at = random.NextDouble() * Acquisition; isHere && at < end; at += -Math.Log(1 - random.NextDouble()) / rate)
            {
                isHere = owners.Count == 0 || owners[^1] != i || random.NextDouble() >= leaves;
                days.Add((short)at);
                owners.Add(i);
                cents.Add((int)Math.Clamp(100 * Gamma.Sample(random, 6.25, scale), 1, 99_999_999));
            }
        }

        return (days, owners, cents);
    }

    private static void Write(string path, List<short> days, List<int> owners, List<int> cents)
    {
        var starts = new int[Last.DayNumber - First.DayNumber + 2];
        days.ForEach(d => starts[d + 1]++);
        for (var i = 1; i < starts.Length; i++)
        {
            starts[i] += starts[i - 1];
        }

        var sorted = new int[days.Count];
        for (var i = 0; i < sorted.Length; i++)
        {
            sorted[starts[days[i]]++] = i;
        }

        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        file.Write("customer_id,order_id,date,amount\n"u8);
        var line = new byte[128];
        for (var i = 0; i < sorted.Length; i++)
        {
            var (row, at) = (sorted[i], 0);
            Number(line, ref at, owners[row] + 1, ',');
            Number(line, ref at, i + 1, ',');
            Utf8Formatter.TryFormat(First.AddDays(days[row]).ToDateTime(default), line.AsSpan(at), out _, 'O');
            at += 10;
            line[at++] = (byte)',';
            Number(line, ref at, cents[row] / 100, '.');
            line[at++] = (byte)('0' + (cents[row] / 10 % 10));
            line[at++] = (byte)('0' + (cents[row] % 10));
            line[at++] = (byte)'\n';
            file.Write(line, 0, at);
        }
    }

    private static void Number(byte[] line, ref int at, int value, char end)
    {
        Utf8Formatter.TryFormat(value, line.AsSpan(at), out var written);
        at += written;
        line[at++] = (byte)end;
    }
}
