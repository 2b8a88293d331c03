using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using RetentionFuncs.Messages;

namespace RetentionFuncs.Embedded.Smtp;

/// <summary>
/// One connection to a mail server, one message at a time. Every step has a time limit of its own and all steps before a message's end
/// one together; between that end and the server's answer nothing is given up before the answer's own limit.
/// </summary>
internal sealed class SmtpSession : IDisposable
{
    private readonly SmtpOptions _options;
    private readonly TimeProvider _clock;
    private readonly SmtpWire _wire;
    private readonly IPAddress _here;
    private SmtpAbilities _abilities = SmtpAbilities.None;
    private SmtpStage _stage = SmtpStage.Connect;

    private SmtpSession(SmtpOptions options, TimeProvider clock, Socket socket)
    {
        (_options, _clock, _wire) = (options, clock, new SmtpWire(socket));
        _here = (socket.LocalEndPoint as IPEndPoint)?.Address ?? IPAddress.Loopback;
    }

    /// <summary>Whether another message may go over it.</summary>
    public bool IsSound { get; private set; } = true;

    public int Messages { get; private set; }

    public DateTimeOffset UsedAt { get; private set; }

    public void Dispose() => _wire.Dispose();

    /// <param name="Session">Null when it came to nothing; <paramref name="Refusal"/> says why.</param>
    /// <param name="Reached">Whether the server spoke at all.</param>
    public sealed record Opening(SmtpSession? Session, SendResult? Refusal, bool Reached);

    /// <param name="retryAt">For failures of the line.</param>
    public static async Task<Opening> OpenAsync(SmtpOptions options, TimeProvider clock, DateTimeOffset retryAt, CancellationToken handover)
    {
        SmtpSession? session = null;
        try
        {
            session = new SmtpSession(options, clock, await ConnectAsync(options, clock, handover));
            if (await session.GreetAsync(handover) is { } refusal)
            {
                session.Dispose();
                return new Opening(null, refusal, true);
            }

            return new Opening(session, null, true);
        }
        catch (Exception error) when (SmtpFaults.IsOfTheLine(error))
        {
            session?.Dispose();
            var stage = session?._stage ?? SmtpStage.Connect;
            return new Opening(null, SmtpAnswers.Unanswered(stage, SmtpFaults.Reason(stage, error), retryAt), false);
        }
    }

    /// <summary>Forgets the message before; false when the connection is of no use any more.</summary>
    public async Task<bool> ResetAsync(CancellationToken handover)
    {
        try
        {
            IsSound = (await AskAsync("RSET", handover)).Code == 250;
        }
        catch (Exception error) when (SmtpFaults.IsOfTheLine(error))
        {
            IsSound = false;
        }

        return IsSound;
    }

    /// <summary>Hands one message over. Never throws for what the other side does.</summary>
    /// <param name="from">Envelope address, checked to be plain.</param>
    /// <param name="to">Envelope address, checked to be plain.</param>
    public async Task<SendResult> DeliverAsync(string from, string to, byte[] message, DateTimeOffset retryAt, CancellationToken handover)
    {
        if (_abilities.Size is { } most && message.Length > most)
        {
            return new SendResult.Refused($"The message has {message.Length} bytes; the mail server takes at most {most}.");
        }

        (Messages, UsedAt, IsSound) = (Messages + 1, _clock.GetUtcNow(), false);
        try
        {
            var result = await SubmitAsync(from, to, message, handover);
            UsedAt = _clock.GetUtcNow();
            return result;
        }
        catch (Exception error) when (SmtpFaults.IsOfTheLine(error))
        {
            return SmtpAnswers.Unanswered(_stage, SmtpFaults.Reason(_stage, error), retryAt);
        }
    }

    /// <summary>Says good-bye without waiting for an answer.</summary>
    public async Task LeaveAsync()
    {
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1), _clock);
            await _wire.WriteLineAsync("QUIT", limit.Token);
        }
        catch (Exception error) when (SmtpFaults.IsOfTheLine(error))
        {
            // It is gone already.
        }

        Dispose();
    }

    private async Task<SendResult> SubmitAsync(string from, string to, byte[] message, CancellationToken handover)
    {
        var size = _abilities.Size is null ? "" : string.Create(CultureInfo.InvariantCulture, $" SIZE={message.Length}");
        foreach (
            var (stage, command, wanted) in new[]
            {
                (SmtpStage.Sender, $"MAIL FROM:<{from}>{size}", 250),
                (SmtpStage.Recipient, $"RCPT TO:<{to}>", 250),
                (SmtpStage.Data, "DATA", 354),
            }
        )
        {
            _stage = stage;
            var reply = await AskAsync(command, handover);
            if (reply.Code != wanted && !(reply.Code == 251 && stage == SmtpStage.Recipient))
            {
                // After a 354 the server takes every line for text; after a 421 it is gone.
                IsSound = reply.Code is >= 400 and not 421;
                return SmtpAnswers.Classify(stage, reply, _clock.GetUtcNow());
            }
        }

        _stage = SmtpStage.Body;
        await _wire.WriteAsync(SmtpText.Stuffed(message), handover);
        handover.ThrowIfCancellationRequested();
        _stage = SmtpStage.End;
        using var limit = new CancellationTokenSource(_options.Limits.Answer, _clock);
        await _wire.WriteAsync(SmtpText.End, limit.Token);
        var answer = await _wire.ReadReplyAsync(limit.Token);
        IsSound = answer.Code is not 421;
        return SmtpAnswers.Classify(SmtpStage.End, answer, _clock.GetUtcNow());
    }

    private static async Task<Socket> ConnectAsync(SmtpOptions options, TimeProvider clock, CancellationToken handover)
    {
        using var late = new CancellationTokenSource(options.Limits.Step, clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(handover, late.Token);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(options.Host, options.Port, limit.Token);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <returns>Null when the server will take messages.</returns>
    private async Task<SendResult?> GreetAsync(CancellationToken handover)
    {
        if (_options.Security == Settings.MailSecurity.Tls)
        {
            await LimitedAsync(limit => _wire.ProtectAsync(_options, limit), handover);
        }

        var greeting = await LimitedAsync(_wire.ReadReplyAsync, handover);
        return !greeting.IsPositive
            ? Classify(greeting)
            : await HelloAsync(handover) ?? await ProtectAsync(handover) ?? await LogInAsync(handover);
    }

    private async Task<SendResult?> HelloAsync(CancellationToken handover)
    {
        _stage = SmtpStage.Hello;
        var reply = await AskAsync($"EHLO [{SmtpText.AddressLiteral(_here)}]", handover);
        _abilities = SmtpAbilities.Of(reply);
        return reply.IsPositive ? null : Classify(reply);
    }

    private async Task<SendResult?> ProtectAsync(CancellationToken handover)
    {
        if (_options.Security != Settings.MailSecurity.StartTls)
        {
            return null;
        }

        _stage = SmtpStage.StartTls;
        if (!_abilities.StartTls)
        {
            return new SendResult.SystemicRefusal(
                "The mail server offers no encryption (STARTTLS), and nothing is sent in the clear. Ask for its right port, or write 'security: tls' with port 465."
            );
        }

        var reply = await AskAsync("STARTTLS", handover);
        if (reply.Code != 220)
        {
            return Classify(reply);
        }

        await LimitedAsync(limit => _wire.ProtectAsync(_options, limit), handover);
        // What was offered in the clear counts for nothing (RFC 3207 4.2).
        return await HelloAsync(handover);
    }

    private async Task<SendResult?> LogInAsync(CancellationToken handover)
    {
        if (_options.User is not { } user)
        {
            return null;
        }

        _stage = SmtpStage.Auth;
        var password = _options.Password ?? "";
        var reply =
            _abilities.Plain ? await AskAsync("AUTH PLAIN " + Base64($"\0{user}\0{password}"), handover)
            : _abilities.Login ? await LogInByQuestionsAsync(user, password, handover)
            : null;
        return reply switch
        {
            null => new SendResult.SystemicRefusal("The mail server offers no way to log in that is known here (AUTH PLAIN, AUTH LOGIN)."),
            { Code: 235 } => null,
            _ => Classify(reply),
        };
    }

    private async Task<SmtpReply> LogInByQuestionsAsync(string user, string password, CancellationToken handover)
    {
        var reply = await AskAsync("AUTH LOGIN", handover);
        reply = reply.Code == 334 ? await AskAsync(Base64(user), handover) : reply;
        return reply.Code == 334 ? await AskAsync(Base64(password), handover) : reply;
    }

    private SendResult Classify(SmtpReply reply) => SmtpAnswers.Classify(_stage, reply, _clock.GetUtcNow());

    private Task<SmtpReply> AskAsync(string command, CancellationToken handover) =>
        LimitedAsync(
            async limit =>
            {
                await _wire.WriteLineAsync(command, limit);
                return await _wire.ReadReplyAsync(limit);
            },
            handover
        );

    private Task LimitedAsync(Func<CancellationToken, Task> step, CancellationToken handover) =>
        LimitedAsync(
            async limit =>
            {
                await step(limit);
                return true;
            },
            handover
        );

    private async Task<T> LimitedAsync<T>(Func<CancellationToken, Task<T>> step, CancellationToken handover)
    {
        using var late = new CancellationTokenSource(_options.Limits.Step, _clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(handover, late.Token);
        return await step(limit.Token);
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
