using System.Net;
using RetentionFuncs.Web.Access;

namespace RetentionFuncs.Tests.Api;

public abstract partial class ApiContract
{
    [Fact]
    public async Task Files_go_in_and_come_out_as_the_same_version()
    {
        var applied = (await ApplyShippedAsync()).Json();
        applied.GetProperty("campaigns").GetArrayLength().ShouldBe(5);
        var version = (await GetAsync(Role.Viewer, "/campaigns/win-back")).Was(HttpStatusCode.OK).Headers.ETag!.Tag;

        var files = (await GetAsync(Role.Viewer, "/campaigns/win-back/export")).Was(HttpStatusCode.OK).Json().GetProperty("files");
        (await PostAsync(Role.Marketer, "/campaigns/apply", $"{{\"files\":{files}}}")).Was(HttpStatusCode.OK);

        files.EnumerateObject().Select(f => f.Name).ShouldContain("templates/win-back-offer.yaml");
        (await GetAsync(Role.Viewer, "/campaigns/win-back")).Headers.ETag!.Tag.ShouldBe(version);
    }

    [Fact]
    public async Task An_edit_names_the_version_it_builds_on_or_is_refused()
    {
        await ApplyShippedAsync();
        var first = (await GetAsync(Role.Viewer, "/campaigns/win-back")).Headers.ETag!.Tag;
        var mine = Shipped();
        mine["win-back.yaml"] = mine["win-back.yaml"].Replace("priority: 50", "priority: 7");
        var only = mine.Where(f => f.Key is "win-back.yaml" || f.Key.Contains('/')).ToDictionary(f => f.Key, f => f.Value);

        (await PostAsync(Role.Marketer, "/campaigns/apply", new { files = only }))
            .Was(HttpStatusCode.PreconditionRequired)
            .Problem("version-not-named")
            .ShouldContain("'win-back' is on file already");
        (await PostAsync(Role.Marketer, "/campaigns/apply", new { files = only }, first)).Was(HttpStatusCode.OK);
        var second = (await GetAsync(Role.Viewer, "/campaigns/win-back")).Headers.ETag!.Tag;
        second.ShouldNotBe(first);

        var theirs = only.ToDictionary(f => f.Key, f => f.Value.Replace("priority: 7", "priority: 9"));
        (await PostAsync(Role.Marketer, "/campaigns/apply", new { files = theirs }, first))
            .Was(HttpStatusCode.PreconditionFailed)
            .Problem("changed-meanwhile")
            .ShouldContain(second.Trim('"'), customMessage: "the sentence names the version to build on");
        (await GetAsync(Role.Viewer, "/campaigns/win-back")).Headers.ETag!.Tag.ShouldBe(second);
        // A repeated request changes nothing and is no conflict.
        (await PostAsync(Role.Marketer, "/campaigns/apply", new { files = only }, first)).Was(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Files_with_an_error_are_refused_whole_with_every_finding()
    {
        var files = Shipped();
        files["win-back.yaml"] = files["win-back.yaml"].Replace("audience:", "audience: stage > nonsense #");

        var refused = (await PostAsync(Role.Marketer, "/campaigns/apply", new { files }, language: "zh-CN")).Was(
            HttpStatusCode.UnprocessableEntity
        );

        refused.Problem("files-have-errors").ShouldContain("未应用任何内容");
        refused
            .Json()
            .GetProperty("findings")
            .EnumerateArray()
            .ShouldContain(f => f.GetString()!.StartsWith("win-back.yaml:") && f.GetString()!.Contains("错误"));
        (await GetAsync(Role.Viewer, "/campaigns")).Json().GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("../settings.yaml")]
    [InlineData("templates/../win-back.yaml")]
    [InlineData("/etc/win-back.yaml")]
    [InlineData("win-back.exe")]
    [InlineData("templates/Win Back.yaml")]
    public async Task A_path_outside_a_campaign_folder_is_refused(string path)
    {
        var files = new Dictionary<string, string> { [path] = "schema: 1" };

        (await PostAsync(Role.Marketer, "/campaigns/apply", new { files }))
            .Was(HttpStatusCode.BadRequest)
            .Problem("bad-request")
            .ShouldContain(path);
    }

    [Fact]
    public async Task A_campaign_is_launched_with_its_numbers_paused_and_stopped_for_good()
    {
        await ApplyShippedAsync();
        await BuyAsync("c1");
        await BuyAsync("c2");

        var launched = (await PostAsync(Role.Approver, "/campaigns/second-order/launch")).Was(HttpStatusCode.OK).Json()[0];
        launched.GetProperty("status").GetString().ShouldBe("live");
        launched.GetProperty("audienceAtLaunch").GetInt32().ShouldBe(2);
        (await PostAsync(Role.Operator, "/campaigns/second-order/pause")).Json()[0].GetProperty("status").GetString().ShouldBe("paused");
        (await PostAsync(Role.Marketer, "/campaigns/second-order/stop")).Json()[0].GetProperty("status").GetString().ShouldBe("stopped");

        (await PostAsync(Role.Marketer, "/campaigns/second-order/launch"))
            .Was(HttpStatusCode.Conflict)
            .Problem("not-possible-now")
            .ShouldContain("stopped for good");
        (await PostAsync(Role.Marketer, "/campaigns/nobody/launch"))
            .Was(HttpStatusCode.NotFound)
            .Problem("not-found")
            .ShouldContain("'nobody'");
    }

    [Theory]
    [InlineData("{\"files\":{},\"status\":\"live\"}")]
    [InlineData("{\"files\":{\"a.yaml\":\"x\"},\"files\":{}}")]
    [InlineData("{\"files\":{\"a.yaml\":null}}")]
    [InlineData("{\"files\":[]}")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{\"files\":{\"a.yaml\":\"x\"")]
    public async Task A_body_of_another_shape_is_refused(string body) =>
        (await PostAsync(Role.Marketer, "/campaigns/apply", body)).Was(HttpStatusCode.BadRequest).Problem("bad-request");

    [Fact]
    public async Task A_body_larger_than_anything_meant_is_refused()
    {
        var files = new Dictionary<string, string> { ["win-back.yaml"] = new('x', 5_000_000) };

        (await PostAsync(Role.Marketer, "/campaigns/apply", new { files })).Was(HttpStatusCode.RequestEntityTooLarge).Problem("too-large");
    }
}
