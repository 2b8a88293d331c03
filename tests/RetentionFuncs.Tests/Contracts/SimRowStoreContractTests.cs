using RetentionFuncs.Simulation.Ports;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Tests.Contracts;

public sealed class SimRowStoreContractTests : RowStoreContract
{
    protected override ValueTask<IRowStore> OpenAsync() => ValueTask.FromResult<IRowStore>(SimRowStore.Quiet());
}

/// <summary>Two rows a page, so that every loop over pages is walked.</summary>
public sealed class SimRowStoreInSmallPagesContractTests : RowStoreContract
{
    protected override ValueTask<IRowStore> OpenAsync()
    {
        var store = SimRowStore.Quiet();
        store.MaxPageRows = 2;
        return ValueTask.FromResult<IRowStore>(store);
    }
}
