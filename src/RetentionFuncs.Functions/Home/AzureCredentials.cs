using Azure.Core;
using Azure.Identity;

namespace RetentionFuncs.Functions.Home;

/// <summary>Who the app is to Azure: its identity there, the developer's own on a desk. No key is ever read.</summary>
internal static class AzureCredentials
{
    /// <param name="clientId">Of the user-assigned identity; null on a desk.</param>
    public static TokenCredential For(string? clientId) =>
        clientId is { Length: > 0 }
            ? new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(clientId))
            : new DefaultAzureCredential();
}
