using RetentionFuncs.Embedded.Stores;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Tests.Contracts;

public sealed class SqliteRowStoreContractTests : RowStoreContract
{
    private readonly ScratchFolder _folder = new();
    private SqliteDatabase? _database;

    protected override ValueTask<IRowStore> OpenAsync()
    {
        _database = SqliteDatabase.Open(_folder.Path);
        return ValueTask.FromResult<IRowStore>(new SqliteRowStore(_database));
    }

    protected override ValueTask CloseAsync()
    {
        _database?.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
