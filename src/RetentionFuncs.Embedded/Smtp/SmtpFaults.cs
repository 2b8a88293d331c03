using System.Net.Sockets;
using System.Security.Authentication;

namespace RetentionFuncs.Embedded.Smtp;

/// <summary>What the other side or the line between can do to a conversation, and how that is told.</summary>
internal static class SmtpFaults
{
    public static bool IsOfTheLine(Exception error) =>
        error is IOException or SocketException or AuthenticationException or OperationCanceledException or ObjectDisposedException;

    public static string Reason(SmtpStage stage, Exception error)
    {
        var why = error switch
        {
            OperationCanceledException => "It did not answer in time.",
            AuthenticationException => $"The encryption failed: {error.Message}",
            SmtpNoiseException => error.Message,
            SocketException socket => $"The line failed ({socket.SocketErrorCode}).",
            _ => $"The line failed ({error.GetType().Name}).",
        };
        return stage == SmtpStage.Connect
            ? $"The mail server could not be reached. {why}"
            : $"The mail server gave no answer {SmtpAnswers.Place(stage)}. {why}";
    }
}
