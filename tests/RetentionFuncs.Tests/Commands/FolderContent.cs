using System.Security.Cryptography;
using System.Text;
using RetentionFuncs.Embedded.Stores;

namespace RetentionFuncs.Tests.Commands;

/// <summary>What a folder's database holds, row by row, to see whether a command wrote anything.</summary>
internal static class FolderContent
{
    public static async Task<string> HashAsync(Shop shop)
    {
        using var database = SqliteDatabase.Open(shop.Data);
        return await database.ReadAsync(handle =>
        {
            var text = new StringBuilder();
            foreach (var table in Names(handle))
            {
                text.Append(table).Append('\n');
                var columns = Columns(handle, table);
                for (var rows = handle.Prepare($"SELECT {string.Join(" || '|' || ", columns)} FROM {table} ORDER BY 1"); rows.Step(); )
                {
                    text.Append(rows.Text(0)).Append('\n');
                }
            }

            return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
        });
    }

    private static List<string> Names(SqliteHandle handle) =>
        List(handle, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name");

    private static List<string> Columns(SqliteHandle handle, string table) =>
        [.. List(handle, $"SELECT name FROM pragma_table_info('{table}')").Select(c => $"coalesce(quote({c}), '')")];

    private static List<string> List(SqliteHandle handle, string sql)
    {
        var found = new List<string>();
        for (var rows = handle.Prepare(sql); rows.Step(); )
        {
            found.Add(rows.Text(0));
        }

        return found;
    }
}
