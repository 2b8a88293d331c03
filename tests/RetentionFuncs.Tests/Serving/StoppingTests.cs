using RetentionFuncs.Clocks;
using RetentionFuncs.Embedded.Commands;
using RetentionFuncs.Tests.Commands;
using RetentionFuncs.Tests.Kills;
using RetentionFuncs.Tests.Loopback;

namespace RetentionFuncs.Tests.Serving;

/// <summary>SIGTERM, as a service manager sends it, while a call to the provider is under way.</summary>
public sealed class StoppingTests
{
    [Fact]
    public async Task It_waits_for_the_answer_of_a_call_under_way_and_keeps_it()
    {
        using var shop = await Shop.OpenAsync();
        var today = new BusinessCalendar("Europe/Berlin").DayOf(TimeProvider.System.GetUtcNow());
        await shop.CustomersAsync(1, $"{today.AddDays(-10):yyyy-MM-dd}");
        await shop.GreetAsync("greeting", today);
        await using var provider = await LoopbackProvider.StartAsync();
        provider.Acts = _ => new ProviderAct.Slow(TimeSpan.FromSeconds(4), ProviderAct.Accept);
        using var program = RunningProgram.Retention(
            new Dictionary<string, string> { ["RETENTION_SEND_URL"] = provider.Endpoint.ToString() },
            shop.Directory,
            "serve",
            "--port",
            "0",
            "--tick-seconds",
            "1"
        );
        while (provider.Accepted.Count == 0 && !program.HasEnded)
        {
            await Task.Delay(10);
        }

        program.Terminate();
        (await program.EndAsync(TimeSpan.FromSeconds(60))).ShouldBe(Exit.Done, program.Err);

        program.Err.ShouldContain("Stopped between two messages");
        var states = (await shop.RunAsync("doctor", "--json")).Ended().Json().GetProperty("audit").GetProperty("states");
        states.GetProperty("sent").GetInt32().ShouldBe(1);
        provider.Accepted.Count.ShouldBe(1);
        File.Exists(Path.Combine(shop.Data, "retention.sock")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("RETENTION_SEND_URL", "mail.example")]
    [InlineData("RETENTION_SEND_RATE", "fast")]
    [InlineData("RETENTION_SEND_RATE", "NaN")]
    [InlineData("RETENTION_SEND_RATE", "0")]
    public async Task A_variable_that_cannot_be_read_is_2_and_named(string name, string value)
    {
        using var shop = await Shop.OpenAsync();
        using var program = RunningProgram.Retention(
            new Dictionary<string, string> { [name] = value },
            shop.Directory,
            "tick",
            "--lang",
            "zh"
        );

        (await program.EndAsync(TimeSpan.FromSeconds(60))).ShouldBe(Exit.WrongUsage);

        program.Err.ShouldContain($"{name} 为“{value}”");
    }
}
