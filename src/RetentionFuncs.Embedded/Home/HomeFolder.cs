namespace RetentionFuncs.Embedded.Home;

/// <summary>Where things lie in a data folder.</summary>
public sealed record HomeFolder(string Path)
{
    public string Settings => In("retention.yaml");

    public string Campaigns => In("campaigns");

    public string Outbox => In("outbox");

    public string Refused => In("refused");

    public string Reports => In("reports");

    public string Secret => In("instance.secret");

    /// <summary>The running program's socket; Unix sockets allow about 100 characters, so deep folders get a short name elsewhere.</summary>
    public string Socket => In("retention.sock");

    public bool IsInitialised => File.Exists(Settings);

    public string In(string name) => System.IO.Path.Combine(Path, name);
}
