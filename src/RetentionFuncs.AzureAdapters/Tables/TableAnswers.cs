using Azure;
using RetentionFuncs.Storage;

namespace RetentionFuncs.AzureAdapters.Tables;

/// <summary>What a failed request says about a commit.</summary>
internal static class TableAnswers
{
    private const string TableNotFound = "TableNotFound";

    /// <summary>The service looked at the row and it was not as expected; nothing was applied.</summary>
    public static bool IsConflict(RequestFailedException failure) =>
        failure.Status switch
        {
            404 => failure.ErrorCode is not TableNotFound,
            409 => failure.ErrorCode is "EntityAlreadyExists",
            412 => true,
            // The service names an ETag it cannot read a bad request.
            400 => failure.ErrorCode is "InvalidInput" && failure.Message.Contains("etag", StringComparison.OrdinalIgnoreCase),
            _ => false,
        };

    public static bool IsBusy(Exception failure) => failure is RequestFailedException { Status: 408 or 429 or >= 500 };

    /// <summary>Everything an unanswered or refused request may throw.</summary>
    public static bool IsFailure(Exception exception) =>
        exception is RequestFailedException or OperationCanceledException or IOException or HttpRequestException or AggregateException;

    /// <summary>Unknown when the request may have reached the service.</summary>
    /// <exception cref="StoreUnavailableException">Nothing was applied: never connected, or refused.</exception>
    public static CommitResult.Unknown UnknownOrThrow(Exception failure, PartitionId partition) =>
        WasNeverSent(failure) || IsRefusal(failure)
            ? throw Unavailable(failure, partition)
            : new CommitResult.Unknown($"{partition}: {failure.GetType().Name}: {FirstLine(failure.Message)}");

    public static StoreUnavailableException Unavailable(Exception failure, PartitionId partition)
    {
        var refused = failure as RequestFailedException;
        var hint = refused switch
        {
            { ErrorCode: TableNotFound } => " Create the tables first.",
            { Status: 401 or 403 } => " Give the app's identity the role Storage Table Data Contributor, or correct the connection string.",
            _ => "",
        };
        return new StoreUnavailableException($"{partition} was not answered: {FirstLine(failure.Message)}{hint}", failure);
    }

    private static bool IsRefusal(Exception failure) => failure is RequestFailedException { Status: >= 400 } && !IsBusy(failure);

    private static bool WasNeverSent(Exception failure) =>
        failure
            is RequestFailedException
            {
                Status: 0,
                InnerException: HttpRequestException
                {
                    HttpRequestError: HttpRequestError.NameResolutionError
                        or HttpRequestError.ConnectionError
                        or HttpRequestError.SecureConnectionError
                }
            };

    private static string FirstLine(string text) => text.Split('\n', 2)[0].Trim();
}
