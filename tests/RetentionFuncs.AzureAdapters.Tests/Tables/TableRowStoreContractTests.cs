using RetentionFuncs.AzureAdapters.Tests.Azurite;
using RetentionFuncs.Storage;
using RetentionFuncs.Tests.Contracts;

namespace RetentionFuncs.AzureAdapters.Tests.Tables;

public sealed class TableRowStoreContractTests(AzuriteFixture azurite) : RowStoreContract, IClassFixture<AzuriteFixture>
{
    protected override async ValueTask<IRowStore> OpenAsync() => await azurite.OpenAsync();
}
