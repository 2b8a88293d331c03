namespace RetentionFuncs.Embedded.Home;

/// <summary>Where things lie in a data folder.</summary>
public sealed record HomeFolder(string Path)
{
    public string Settings => In("retention.yaml");

    public string Campaigns => In("campaigns");

    public string Outbox => In("outbox");

    public string Refused => In("refused");

    public string Reports => In("reports");

    /// <summary>Fits asked for by <c>score --fit</c>, one file each.</summary>
    public string Models => In("models");

    public string Secret => In("instance.secret");

    /// <summary>The running program's socket. A Unix socket's path has about 100 bytes at most; in a deeper folder there is none.</summary>
    public string Socket => In("retention.sock");

    public bool IsInitialised => File.Exists(Settings);

    public string In(string name) => System.IO.Path.Combine(Path, name);
}
