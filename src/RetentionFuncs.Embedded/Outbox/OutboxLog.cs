using System.Globalization;
using RetentionFuncs.Deliveries;

namespace RetentionFuncs.Embedded.Outbox;

/// <summary>
/// The outbox folder as the provider's own record: a whole file named touch and attempt proves that this attempt was written. No file
/// proves nothing, for a person may have taken it away.
/// </summary>
/// <param name="folder">The outbox folder; it may be missing.</param>
public sealed class OutboxLog(string folder) : IProviderLog
{
    public ValueTask<LogAnswer> FindAsync(LogQuestion question)
    {
        try
        {
            return ValueTask.FromResult(Find(question));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return ValueTask.FromResult<LogAnswer>(new LogAnswer.CannotTell($"The outbox folder cannot be read: {error.Message}"));
        }
    }

    /// <summary>Files lie under the day of the sender's own zone, which is at most a day from UTC's.</summary>
    private LogAnswer Find(LogQuestion question)
    {
        var name = $"{question.Touch}.{question.AttemptId}.eml";
        for (var days = -1; days <= 1; days++)
        {
            var day = question.ClaimedAt.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            if (File.Exists(Path.Combine(folder, day, name)))
            {
                return new LogAnswer.Found([
                    new DeliveryEvent(
                        question.Touch,
                        question.AttemptId,
                        DeliveryEventKind.Processed,
                        null,
                        question.ClaimedAt,
                        $"Found in the outbox folder of {day}."
                    ),
                ]);
            }
        }

        return new LogAnswer.NotFound();
    }
}
