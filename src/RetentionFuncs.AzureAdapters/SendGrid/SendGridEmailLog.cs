using System.Globalization;
using System.Net;
using System.Text.Json;
using RetentionFuncs.Deliveries;
using RetentionFuncs.Deliveries.SendGridEvents;
using RetentionFuncs.Messages;
using RetentionFuncs.Storage;
using SendGrid;

namespace RetentionFuncs.AzureAdapters.SendGrid;

/// <summary>
/// SendGrid's Email Logs as the provider's record. They can be searched by address and time only, so each hit is opened and its attempt
/// compared. One request at a time, none while the account asks to wait.
/// </summary>
public sealed class SendGridEmailLog : IProviderLog, IDisposable
{
    private const int MostHits = 50;

    /// <summary>Room for clocks that differ, on both sides of the claim.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan AfterTrouble = TimeSpan.FromMinutes(5);

    /// <summary>A key without the right to read logs stays so until a person acts.</summary>
    private static readonly TimeSpan AfterRefusal = TimeSpan.FromHours(1);

    private readonly TimeProvider _clock;
    private readonly HttpClient _http;
    private readonly SendGridClient _client;
    private readonly Turns _turns = new();
    private LogAnswer.Unanswered? _waiting;

    /// <exception cref="InvalidOperationException">A setting is missing or wrong; says which.</exception>
    public SendGridEmailLog(SendGridOptions options, TimeProvider clock)
    {
        options.Check();
        _clock = clock;
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = options.Timeout };
        _client = SendGridClients.New(_http, options);
    }

    public void Dispose() => _http.Dispose();

    public ValueTask<LogAnswer> FindAsync(LogQuestion question) => new(_turns.RunAsync(() => AskAsync(question)));

    private async ValueTask<LogAnswer> AskAsync(LogQuestion question)
    {
        if (_waiting is { } waiting && _clock.GetUtcNow() < waiting.AskAgainAt)
        {
            return waiting;
        }

        if (question.Address is null)
        {
            return new LogAnswer.CannotTell("The address it went to is no longer on file.");
        }

        try
        {
            return await SearchAsync(question);
        }
        catch (LogRefusedException refused)
        {
            return _waiting = refused.Answer;
        }
        catch (Exception error)
            when (error is HttpRequestException or OperationCanceledException or JsonException or InvalidOperationException)
        {
            return new LogAnswer.Unanswered(_clock.GetUtcNow() + AfterTrouble, $"No answer from the Email Logs ({error.GetType().Name}).");
        }
    }

    private async Task<LogAnswer> SearchAsync(LogQuestion question)
    {
        // An address has no double quote in it: EmailAddress refuses them.
        var query =
            $"to_email = \"{question.Address}\""
            + $" AND sg_message_id_created_at >= TIMESTAMP \"{Moment(question.ClaimedAt - Skew)}\""
            + $" AND sg_message_id_created_at <= TIMESTAMP \"{Moment(question.ClaimedAt + Skew)}\"";
        using var found = await RequestAsync(BaseClient.Method.POST, "logs", JsonSerializer.Serialize(new { query, limit = MostHits }));
        var hits = found is null ? [] : SendGridLogJson.Hits(found.RootElement);
        foreach (var id in hits)
        {
            using var detail = await RequestAsync(BaseClient.Method.GET, "logs/" + id, null);
            if (detail is not null && SendGridLogJson.IsOf(detail.RootElement, question))
            {
                return new LogAnswer.Found([Note(question, id), .. SendGridLogJson.Events(detail.RootElement, question)]);
            }
        }

        return hits.Count < MostHits
            ? new LogAnswer.NotFound()
            : new LogAnswer.CannotTell($"The Email Logs have {MostHits} or more messages to that address within minutes.");
    }

    /// <summary>The answer's JSON, or null for 404.</summary>
    private async Task<JsonDocument?> RequestAsync(BaseClient.Method method, string path, string? body)
    {
        var answer = await _client.RequestAsync(method, body!, urlPath: path);
        var text = await answer.Body.ReadAsStringAsync();
        Heed(answer);
        return answer.StatusCode switch
        {
            HttpStatusCode.OK => JsonDocument.Parse(text),
            HttpStatusCode.NotFound => null,
            _ => throw new LogRefusedException(Refusal(answer)),
        };
    }

    /// <summary>The last request that the account allows for now is answered; the next one waits.</summary>
    private void Heed(Response answer)
    {
        if (Header(answer, "X-RateLimit-Remaining") == "0")
        {
            _waiting = new LogAnswer.Unanswered(ResetOf(answer), "The account's rate for the Email Logs is used up.");
        }
    }

    private LogAnswer.Unanswered Refusal(Response answer)
    {
        var now = _clock.GetUtcNow();
        var at = (int)answer.StatusCode switch
        {
            429 => ResetOf(answer),
            401 or 403 => now + AfterRefusal,
            _ => now + AfterTrouble,
        };
        return new LogAnswer.Unanswered(at, $"The Email Logs answered {(int)answer.StatusCode}.");
    }

    private DateTimeOffset ResetOf(Response answer) =>
        ProviderAnswers.RetryAt(Header(answer, "X-RateLimit-Reset"), Header(answer, "Retry-After"), _clock.GetUtcNow());

    private static string Moment(DateTimeOffset at) =>
        at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string? Header(Response answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    private static DeliveryEvent Note(LogQuestion question, string id) =>
        new(
            question.Touch,
            question.AttemptId,
            DeliveryEventKind.Processed,
            null,
            question.ClaimedAt,
            $"Found in SendGrid's Email Logs as {id}."
        );

    private sealed class LogRefusedException(LogAnswer.Unanswered answer) : Exception(answer.Why)
    {
        public LogAnswer.Unanswered Answer { get; } = answer;
    }
}
