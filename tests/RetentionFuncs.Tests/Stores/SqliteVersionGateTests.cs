using RetentionFuncs.Embedded.Stores;

namespace RetentionFuncs.Tests.Stores;

public sealed class SqliteVersionGateTests
{
    [Theory]
    [InlineData("3.37.0", FileHold.Exclusive)]
    [InlineData("3.43.2", FileHold.Exclusive)]
    [InlineData("3.44.0", FileHold.Exclusive)]
    [InlineData("3.44.5", FileHold.Exclusive)]
    [InlineData("3.44.6", FileHold.ReadersBeside)]
    [InlineData("3.44.9", FileHold.ReadersBeside)]
    [InlineData("3.45.0", FileHold.Exclusive)]
    [InlineData("3.49.2", FileHold.Exclusive)]
    [InlineData("3.50.0", FileHold.Exclusive)]
    [InlineData("3.50.4", FileHold.Exclusive)]
    [InlineData("3.50.6", FileHold.Exclusive)]
    [InlineData("3.50.7", FileHold.ReadersBeside)]
    [InlineData("3.50.12", FileHold.ReadersBeside)]
    [InlineData("3.51.0", FileHold.Exclusive)]
    [InlineData("3.51.2", FileHold.Exclusive)]
    [InlineData("3.51.3", FileHold.ReadersBeside)]
    [InlineData("3.53.0", FileHold.ReadersBeside)]
    [InlineData("4.0.0", FileHold.ReadersBeside)]
    public void Catalogue_135_A_version_that_may_corrupt_a_shared_WAL_gets_the_file_to_itself(string version, FileHold hold) =>
        SqliteVersionGate.Decide(version).ShouldBe(hold);

    [Theory]
    [InlineData("3.6.23", false)]
    [InlineData("3.7.0", true)]
    [InlineData("3.8.11", true)]
    public void The_fault_came_with_the_WAL_itself(string version, bool affected) =>
        SqliteVersionGate.HasWalResetFault(Version.Parse(version)).ShouldBe(affected);

    [Theory]
    [InlineData("3.36.0")]
    [InlineData("2.8.17")]
    [InlineData("")]
    [InlineData("unknown")]
    public void A_version_that_is_too_old_or_none_is_refused(string version) =>
        Should.Throw<DatabaseRefusedException>(() => SqliteVersionGate.Decide(version)).Message.ShouldContain("3.37.0");

    [Fact]
    public void The_library_that_ships_passes_the_gate() => SqliteVersionGate.Decide(SqliteHandle.LibraryVersion);
}
