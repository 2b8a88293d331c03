using RetentionFuncs.Imports;
using RetentionFuncs.Imports.Uploads;
using static RetentionFuncs.Tests.Imports.Uploads.UploadWorld;

namespace RetentionFuncs.Tests.Imports.Uploads;

/// <summary>How the bytes of a file come in.</summary>
public sealed class ReceivingTests : IDisposable
{
    private static readonly byte[] File = ManyOrders.File(24_000, 900);
    private readonly UploadWorld _world = new(TimeSpan.FromMinutes(4));

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_file_arrives_whole_whichever_sizes_its_pieces_have()
    {
        File.Length.ShouldBeGreaterThan(4 * Block);
        var upload = await _world.BeginAsync(File);
        (await _world.PutAsync(upload, File, 0, Block)).ShouldBe(Block);
        (await _world.PutAsync(upload, File, Block, 3 * Block)).ShouldBe(4 * Block);
        (await _world.PutAsync(upload, File, 4 * Block, File.Length - (4 * Block))).ShouldBe(File.Length);

        await _world.CompleteAsync(upload);
        await _world.DeliverAsync();
        (await _world.ReportAsync(upload)).Rows.ShouldBe(24_000);
    }

    [Fact]
    public async Task A_piece_that_comes_again_changes_nothing_and_says_what_is_next()
    {
        var upload = await _world.BeginAsync(File);
        await _world.PutAsync(upload, File, 0, 3 * Block);
        _world.Trip.Store.ResetWork();
        (await _world.PutAsync(upload, File, 0, 3 * Block)).ShouldBe(3 * Block);
        (await _world.PutAsync(upload, File, Block, Block)).ShouldBe(3 * Block);
        _world.Trip.Store.Work.Commits.ShouldBe(0);
    }

    [Fact]
    public async Task A_gap_and_an_overlap_are_refused_with_what_is_awaited()
    {
        var upload = await _world.BeginAsync(File);
        await _world.PutAsync(upload, File, 0, 2 * Block);
        var gap = await _world.Receive.PutAsync(upload.Id, 3 * Block, File.AsMemory(3 * Block, Block));
        var overlap = await _world.Receive.PutAsync(upload.Id, Block, File.AsMemory(Block, 2 * Block));
        gap.ShouldBe(new PieceAnswer.OutOfPlace(2 * Block));
        overlap.ShouldBe(new PieceAnswer.OutOfPlace(2 * Block));
        (await _world.NowAsync(upload)).Received.ShouldBe(2 * Block);
    }

    [Theory]
    [InlineData(100, Block)]
    [InlineData(0, 100)]
    [InlineData(0, ReceiveUpload.MaxPieceBytes + Block)]
    [InlineData(-Block, Block)]
    [InlineData(0, 0)]
    public async Task A_piece_of_the_wrong_shape_is_refused(long offset, int length)
    {
        var big = new byte[ReceiveUpload.MaxPieceBytes + (2 * Block)];
        var upload = await _world.BeginAsync(big);
        (await _world.Receive.PutAsync(upload.Id, offset, new byte[length])).ShouldBeOfType<PieceAnswer.Misshapen>().Next.ShouldBe(0);
    }

    [Fact]
    public async Task A_piece_beyond_the_announced_end_is_refused()
    {
        var upload = await _world.BeginAsync(File);
        await _world.PutAllAsync(upload, File);
        (await _world.Receive.PutAsync(upload.Id, 4 * Block, new byte[Block])).ShouldBeOfType<PieceAnswer.Misshapen>();
    }

    [Fact]
    public async Task The_same_file_again_is_the_same_upload_and_goes_on_where_it_stopped()
    {
        var first = await _world.BeginAsync(File);
        await _world.PutAsync(first, File, 0, 2 * Block);
        var again = (await _world.Receive.BeginAsync(Wish(File))).ShouldBeOfType<BeginAnswer.Begun>();
        (again.IsNew, again.Upload.Id, again.Upload.Received).ShouldBe((false, first.Id, 2 * Block));
        (await _world.BeginAsync(File, "customers")).Id.ShouldNotBe(first.Id);
    }

    [Fact]
    public async Task Two_who_upload_one_file_at_once_make_one_upload()
    {
        var (mine, theirs) = (await _world.BeginAsync(File), await _world.BeginAsync(File));
        await _world.PutAsync(mine, File, 0, 2 * Block);
        await _world.PutAsync(theirs, File, 0, Block);
        (await _world.Receive.PutAsync(theirs.Id, Block, File.AsMemory(Block, 2 * Block))).ShouldBe(new PieceAnswer.OutOfPlace(2 * Block));
        await _world.PutAsync(theirs, File, 2 * Block, Block);
        await _world.PutAsync(mine, File, 3 * Block, File.Length - (3 * Block));
        await _world.CompleteAsync(mine);
        await _world.CompleteAsync(theirs);
        await _world.DeliverAsync();
        (await _world.ReportAsync(mine)).ShouldSatisfyAllConditions(r => r.Rows.ShouldBe(24_000), r => r.Unchanged.ShouldBe(0));
    }

    [Fact]
    public async Task A_file_that_is_not_here_whole_is_not_applied()
    {
        var upload = await _world.BeginAsync(File);
        await _world.PutAsync(upload, File, 0, Block);
        (await _world.Receive.CompleteAsync(upload.Id)).ShouldBe(new CompleteAnswer.Incomplete(Block));
        _world.Trip.Queue.Waiting.ShouldBeEmpty();
    }

    [Fact]
    public async Task Bytes_that_do_not_match_the_hash_are_refused_and_nothing_is_applied()
    {
        var upload = await _world.BeginAsync(File);
        var bent = (byte[])File.Clone();
        bent[3 * Block] ^= 1;
        await _world.PutAllAsync(upload, bent);
        await _world.CompleteAsync(upload);
        await _world.DeliverAsync();
        var ended = await _world.NowAsync(upload);
        (ended.State, ended.Received).ShouldBe((UploadState.Refused, 0));
        ended.Reason.ShouldNotBeNull().ShouldContain("SHA-256");
        _world.Content().ShouldBeEmpty();

        await _world.SendAsync(File);
        await _world.DeliverAsync();
        (await _world.NowAsync(upload)).State.ShouldBe(UploadState.Done);
    }

    [Theory]
    [InlineData("invoices", "a.csv", 10, "kind:")]
    [InlineData("orders", "../a.csv", 10, "name:")]
    [InlineData("orders", "", 10, "name:")]
    [InlineData("orders", "a.csv", -1, "length:")]
    [InlineData("orders", "a.csv", 1001, "length:")]
    public async Task A_wish_that_cannot_be_granted_says_which_field(string kind, string name, long length, string field)
    {
        using var world = new UploadWorld(maxBytes: 1000);
        var wish = Wish([]) with { Kind = kind, File = name, Length = length };
        var refused = (await world.Receive.BeginAsync(wish)).ShouldBeOfType<BeginAnswer.Refused>();
        refused.Reason.En.ShouldStartWith(field);
        refused.Reason.Zh.ShouldStartWith(field[..^1] + "：");
        refused.TooLarge.ShouldBe(length == 1001);
        world.InboxRows.ShouldBe(0);
    }

    [Fact]
    public async Task A_hash_that_is_none_and_options_that_mean_nothing_are_refused()
    {
        (await _world.Receive.BeginAsync(Wish(File) with { Sha256 = "ABC" })).ShouldBeOfType<BeginAnswer.Refused>();
        var odd = new ImportDeclaration { Dates = "ymx" };
        (await _world.Receive.BeginAsync(Wish(File, declared: odd)))
            .ShouldBeOfType<BeginAnswer.Refused>()
            .Reason.En.ShouldStartWith("options: dates: 'ymx'");
    }

    [Fact]
    public async Task An_upload_given_up_leaves_no_bytes_and_takes_none()
    {
        var upload = await _world.BeginAsync(File);
        await _world.PutAsync(upload, File, 0, 3 * Block);
        (await _world.Receive.AbandonAsync(upload.Id)).ShouldBeTrue();
        _world.InboxRows.ShouldBe(2, "the head and its line in the list");
        (await _world.Receive.PutAsync(upload.Id, 0, File.AsMemory(0, Block))).ShouldBe(new PieceAnswer.Closed(UploadState.Abandoned));
        (await _world.Receive.CompleteAsync(upload.Id)).ShouldBeOfType<CompleteAnswer.Abandoned>();

        var again = await _world.BeginAsync(File);
        (again.State, again.Received, again.Round).ShouldBe((UploadState.Receiving, 0, 2));
    }

    [Fact]
    public async Task An_unknown_upload_is_not_found()
    {
        (await _world.Receive.FindAsync("no such id / at all")).ShouldBeNull();
        (await _world.Receive.PutAsync(new string('a', 26), 0, new byte[10])).ShouldBeOfType<PieceAnswer.NotFound>();
        (await _world.Receive.CompleteAsync(new string('a', 26))).ShouldBeOfType<CompleteAnswer.NotFound>();
        (await _world.Receive.AbandonAsync(new string('a', 26))).ShouldBeFalse();
    }
}
