using RetentionFuncs.Queues;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Runs;

/// <summary>How a message refers to one shard of a run: <c>kind|period|shard</c>.</summary>
public readonly record struct RunRef(RunKind Kind, string Period, string Shard)
{
    public QueueMessage Message(int seq) => new(QueueMessage.CurrentSchema, ToString(), Purposes.RunShard, seq);

    public override string ToString() => $"{Kind}|{Period}|{Shard}";

    public static bool TryParse(string text, out RunRef reference)
    {
        var parts = text.Split('|');
        var reads =
            parts.Length == 3 && Enum.TryParse<RunKind>(parts[0], out var kind) && Enum.IsDefined(kind) && Shards.All.Contains(parts[2])
                ? new RunRef(kind, parts[1], parts[2])
                : default(RunRef?);
        reference = reads ?? default;
        return reads is not null;
    }
}
