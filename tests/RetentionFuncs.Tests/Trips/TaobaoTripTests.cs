using System.Globalization;
using System.Text;
using System.Text.Json;
using RetentionFuncs.Backlogs;
using RetentionFuncs.Campaigns;
using RetentionFuncs.Customers;
using RetentionFuncs.Embedded.Commands;
using RetentionFuncs.Embedded.Home;
using RetentionFuncs.Scoring.Values;
using RetentionFuncs.Tests.Commands;

namespace RetentionFuncs.Tests.Trips;

/// <summary>A shop on Taobao brings its order export: no e-mail anywhere, mobiles, Chinese headers, GB18030.</summary>
public sealed class TaobaoTripTests : IDisposable
{
    private const int Places = 10;
    private readonly Shop _shop = Shop.Empty();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task An_export_becomes_a_call_list_and_a_text_message_file_in_five_commands_and_results_come_back_once()
    {
        var orders = Export(400);

        // 1 to 5, as the manual says.
        (await RunAsync("init", "--name", "山间茶舍", "--from", "hello@shanjian.shop", "--postal", "杭州市龙井路 1 号")).Ended();
        // What the team can call in a day, and nobody left alone for comparison.
        var file = Path.Combine(_shop.Data, "campaigns", "win-back-call.yaml");
        File.WriteAllText(
            file,
            File.ReadAllText(file).Replace("backlog: 60 per day", $"backlog: {Places} per day").Replace("control: auto", "control: 0%")
        );
        (
            await RunAsync(
                "import",
                "orders",
                "taobao.csv",
                "--consent",
                "sms phone",
                "--consent-basis",
                "express",
                "--consent-source",
                "会员入会条款 2024-03"
            )
        )
            .Ended()
            .Out.ShouldContain("跳过 20 行");
        (await RunAsync("campaigns", "launch", "win-back-call", "win-back-sms", "--as-of", "2027-01-15")).Ended();
        (await RunAsync("tick", "--as-of", "2027-01-15")).Ended();
        (await RunAsync("handoff", "--as-of", "2027-01-15")).Ended();

        var calls = Lines("phone-2027-01-15-01.csv");
        var texts = Lines("sms-2027-01-15-01.csv");
        calls[0].ShouldStartWith("姓名,电话,为什么现在联系,怎么说,可以给的优惠,优惠码,优惠截止");
        texts.Length.ShouldBeGreaterThan(5);
        texts.Skip(1).ShouldAllBe(l => l.Contains("【山间茶舍】") && l.Contains("拒收请回复R") && l.Contains("上次下单"));
        Numbers(calls).Concat(Numbers(texts)).ShouldBeUnique();
        orders.ShouldBe(400);

        calls.Length.ShouldBe(1 + Places, "all of the day's places are calls");
        await TheMostValuableAreCalledFirstAsync();
        await ResultsComeBackOnceAsync(calls);
    }

    /// <summary>More are wanted than there are places: whoever waits is worth no more than anybody who is called.</summary>
    private async Task TheMostValuableAreCalledFirstAsync()
    {
        var report = (await RunAsync("report", "win-back-call", "--json", "--as-of", "2027-01-15")).Ended().Out;
        var told = JsonDocument.Parse(report).RootElement.GetProperty("campaigns")[0].GetProperty("backlog");
        using var home = await EmbeddedHome.OpenAsync(new HomeFolder(_shop.Data), new HomeOptions(TimeProvider.System));
        var waiting = await new WaitingLine(home.Product.Store, "win-back-call").ReadAsync().ToListAsync();
        var called = new List<ValueTier>();
        await foreach (var key in new CustomerIndex(home.Product.Store).ReadAllAsync())
        {
            var partition = await CustomerPartition.LoadAsync(home.Product.Store, key);
            if (JourneyEntry.AllOf(partition, "win-back-call").Any())
            {
                called.Add(partition.Tier()!.Tier);
            }
        }

        called.Count.ShouldBe(Places);
        called.ShouldContain(ValueTier.Key);
        waiting.ShouldNotBeEmpty();
        (called.Min() >= waiting.Max(w => w.Rank.Tier!.Value)).ShouldBeTrue("whoever waits is worth no more");
        (told.GetProperty("givenThatDay").GetInt32(), told.GetProperty("waiting").GetInt32()).ShouldBe((Places, waiting.Count));
        told.GetProperty("inAudience").GetInt32().ShouldBe(Places + waiting.Count);
        told.GetProperty("slipped").GetInt32().ShouldBeGreaterThan(Places + waiting.Count, "not everybody who slipped is wanted");
    }

    private async Task ResultsComeBackOnceAsync(string[] calls)
    {
        var filled = calls.Select(
            (line, i) => i == 0 ? line : line[..^2] + (i % 2 == 0 ? "已接通" : "无人接听") + ",2027-01-15 15:30,好评"
        );
        _shop.Write("results.csv", [.. filled.Select(l => l.Replace("\uFEFF", ""))]);
        (await RunAsync("import", "results", "results.csv", "--as-of", "2027-01-16"))
            .Ended()
            .Out.ShouldContain($"接受 {calls.Length - 1} 行（其中 0 行无变化）");
        (await RunAsync("import", "results", "results.csv", "--as-of", "2027-01-16"))
            .Ended()
            .Out.ShouldContain($"其中 {calls.Length - 1} 行无变化");
        var customer = calls[1].Split(',')[^6];
        (await RunAsync("explain", customer, "--as-of", "2027-01-16")).Ended().Out.ShouldContain("无人接听");
        (await RunAsync("handoff", "--as-of", "2027-01-16")).Ended().Out.ShouldNotContain("phone-");
    }

    private Task<Told> RunAsync(params string[] args) => _shop.RunAsync([.. args, "--lang", "zh"]);

    private string[] Lines(string list) =>
        File.ReadAllText(Path.Combine(_shop.Data, "handoff", list)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<string> Numbers(string[] lines) =>
        lines.Skip(1).Select(l => l.Split(',').First(f => f.Length == 11 && f.All(char.IsAsciiDigit)));

    /// <summary>Twenty of the orders were closed; customers bought one to five times in 2026.</summary>
    private int Export(int count)
    {
        var random = new Random(7);
        var text = new StringBuilder(
            "订单编号,买家会员名,买家实际支付金额,订单状态,收货人姓名,联系手机,订单创建时间,宝贝标题,退款金额\r\n"
        );
        for (var i = 0; i < count; i++)
        {
            var customer = random.Next(150);
            var day = new DateTime(2026, 1, 5, 10, 0, 0).AddDays(random.Next(300)).AddMinutes(i);
            var (date, amount) = (day.ToString("yyyy年M月d日 HH:mm:ss", CultureInfo.InvariantCulture), random.Next(20, 900));
            var state = i % 20 == 0 ? "交易关闭" : "交易成功";
            text.Append(
                CultureInfo.InvariantCulture,
                $"=\"{36000000000 + i}\",tb{customer:000},\"¥{amount:N2}\",{state},王芳{customer},'139{customer:00000000},{date},普洱茶,0.00\r\n"
            );
        }

        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        File.WriteAllBytes(_shop.FileOf("taobao.csv"), Encoding.GetEncoding("gb18030").GetBytes(text.ToString()));
        return count;
    }
}
