namespace RetentionFuncs.Tests.Smtp;

/// <summary>A server with one thing other than usual.</summary>
internal sealed record LoopbackSetup
{
    public bool ImplicitTls { get; init; }

    public string? User { get; init; }

    public string Auth { get; init; } = "AUTH PLAIN LOGIN";

    public string[]? Offers { get; init; }

    public LoopbackMailServer Start() => LoopbackMailServer.Start(this);
}
