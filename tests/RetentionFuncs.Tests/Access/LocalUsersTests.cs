using Microsoft.AspNetCore.Http;
using RetentionFuncs.Simulation.Ports;
using RetentionFuncs.Storage;
using RetentionFuncs.Tests.Trips;
using RetentionFuncs.Web.Access;

namespace RetentionFuncs.Tests.Access;

public sealed class LocalUsersTests
{
    private readonly SimRowStore _store = SimRowStore.Quiet();
    private readonly LocalUsers _users;

    public LocalUsersTests() => _users = new LocalUsers(_store, new HandClock(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero)));

    private async Task<string> AddAsync(string name, Role role) => ((AddUserEnding.Added)await _users.AddAsync(name, role)).Token;

    private async Task<Caller?> CallAsync(string? authorization)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.Authorization = authorization;
        return await new LocalCallers(_users).FindAsync(context.Request);
    }

    [Fact]
    public async Task A_token_opens_the_door_of_its_own_user_until_the_user_is_removed()
    {
        var (ada, wang) = (await AddAsync("Ada", Role.Marketer), await AddAsync("王芳", Role.Operator));

        var caller = await CallAsync("Bearer " + wang);
        caller!.Name.ShouldBe("王芳");
        caller.Roles.ShouldBe([Role.Operator]);
        (await _users.RemoveAsync("王芳")).ShouldBeTrue();

        (await CallAsync("Bearer " + wang)).ShouldBeNull();
        (await CallAsync("bearer " + ada))!.Name.ShouldBe("Ada");
        (await _users.RemoveAsync("王芳")).ShouldBeFalse();
    }

    [Fact]
    public async Task The_token_itself_is_nowhere_on_file()
    {
        var token = await AddAsync("Ada", Role.Viewer);
        token.Length.ShouldBe(AccessToken.Length);

        var rows = new List<string>();
        await foreach (var row in _store.ReadAllAsync(new PartitionId(StoreTable.Control, "users"), RowRange.All))
        {
            rows.AddRange([row.Key, .. row.Properties.Entries.Select(e => $"{e.Value}")]);
        }

        rows.ShouldNotBeEmpty();
        rows.ShouldAllBe(text => !text.Contains(token) && !text.Contains(token.Substring(3)));
    }

    [Fact]
    public async Task A_name_is_given_once_whatever_its_case_and_spaces()
    {
        await AddAsync("Ada Winter", Role.Viewer);

        (await _users.AddAsync("  ada winter ", Role.Administrator)).ShouldBeOfType<AddUserEnding.Taken>();
        (await _users.ListAsync()).Single().Role.ShouldBe(Role.Viewer);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("a\nb")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890")]
    public async Task What_is_no_name_is_refused(string name) =>
        (await _users.AddAsync(name, Role.Viewer)).ShouldBeOfType<AddUserEnding.NotAName>();

    [Fact]
    public async Task A_token_with_one_character_changed_opens_nothing()
    {
        var token = await AddAsync("Ada", Role.Administrator);
        for (var i = 0; i < token.Length; i++)
        {
            var other = token[i] == 'A' ? 'B' : 'A';

            (await CallAsync($"Bearer {token[..i]}{other}{token[(i + 1)..]}")).ShouldBeNull();
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Basic YWRhOmFkYQ==")]
    public async Task Without_a_bearer_token_nobody_is_known(string? authorization)
    {
        await AddAsync("Ada", Role.Administrator);

        (await CallAsync(authorization)).ShouldBeNull();
    }
}
