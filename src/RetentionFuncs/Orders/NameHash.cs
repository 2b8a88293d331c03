namespace RetentionFuncs.Orders;

/// <summary>A hash that is the same on every machine and in every version: FNV-1a over UTF-16 units, mixed by the finaliser of MurmurHash3.</summary>
internal static class NameHash
{
    public static uint Of(string name)
    {
        var hash = 14695981039346656037UL;
        foreach (var unit in name)
        {
            hash = unchecked((hash ^ unit) * 1099511628211UL);
        }

        hash = unchecked((hash ^ (hash >> 33)) * 0xff51afd7ed558ccdUL);
        hash = unchecked((hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53UL);
        return (uint)(hash >> 32);
    }
}
