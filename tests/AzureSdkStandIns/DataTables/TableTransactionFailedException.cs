using System.Globalization;
using Azure;

namespace Azure.Data.Tables;

/// <summary>Nothing of the transaction was applied. The service begins its message with the index of the action that failed, mostly.</summary>
public class TableTransactionFailedException : RequestFailedException
{
    public TableTransactionFailedException(RequestFailedException requestFailedException)
        : base(
            requestFailedException.Status,
            requestFailedException.Message,
            requestFailedException.ErrorCode,
            requestFailedException.InnerException
        ) =>
        FailedTransactionActionIndex =
            Message.IndexOf(':') is > 0 and var end
            && int.TryParse(Message.AsSpan(0, end), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                ? index
                : null;

    public int? FailedTransactionActionIndex { get; }
}
