using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using RetentionFuncs.Embedded.Commands;
using RetentionFuncs.Tests.Commands;
using RetentionFuncs.Tests.Serving;

namespace RetentionFuncs.Tests.Imports.Uploads;

/// <summary>Files brought to a served home, by the command line and by hand.</summary>
public sealed class ServerImportTests : IAsyncLifetime
{
    private const int Block = 256 * 1024;
    private Shop _shop = null!;
    private Shop _local = null!;
    private ServedShop _served = null!;
    private string _token = "";

    public async Task InitializeAsync()
    {
        (_shop, _local) = (await Shop.OpenAsync(), await Shop.OpenAsync());
        _served = await ServedShop.StartAsync(_shop);
        await _served.UntilAsync(() => Regex.IsMatch(_served.Err, @"\n  \S{20,}\n"), "it shows the first token");
        _token = Regex.Match(_served.Err, @"\n  (\S{20,})\n").Groups[1].Value;
    }

    public async Task DisposeAsync()
    {
        await _served.DisposeAsync();
        _shop.Dispose();
        _local.Dispose();
    }

    private Task<Told> ThereAsync(params string[] args) => ThereAsync(_served.Address.ToString(), args);

    private Task<Told> ThereAsync(string address, string[] args) => _local.RunAsync([.. args, "--server", address, "--token", _token]);

    private string Write(byte[] file, string name = "orders.csv")
    {
        File.WriteAllBytes(_local.FileOf(name), file);
        return name;
    }

    [Fact]
    public async Task A_file_is_taken_in_with_the_same_words_numbers_and_refused_rows_as_on_a_folder()
    {
        var name = Write(ManyOrders.File(12_000, 4_000));
        var there = await ThereAsync("import", "orders", name);
        var refusedThere = await File.ReadAllTextAsync(_local.FileOf("orders.refused.csv"));
        var here = await _local.RunAsync("import", "orders", name);

        there.Ended(Exit.WithRefusals).Out.ShouldBe(here.Ended(Exit.WithRefusals).Out);
        there.Err.ShouldContain(_local.FileOf("orders.refused.csv"));
        there
            .Err[..there.Err.IndexOf("Refused rows with", StringComparison.Ordinal)]
            .ShouldBe(here.Err[..here.Err.IndexOf("Refused rows with", StringComparison.Ordinal)]);
        refusedThere.ShouldBe(await File.ReadAllTextAsync(Path.Combine(_local.Data, "refused", "orders.refused.csv")));
        Stages(await ThereAsync("score", "--json")).ShouldBe(Stages(await _local.RunAsync("score", "--json")));
        Directory.GetFiles(Path.Combine(_shop.Data, "spool")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Customers_products_and_json_work_the_same_way_and_the_second_time_changes_nothing()
    {
        _local.Write("customers.csv", "customer_id,name,email", "c1,Ada,c1@post.linden.shop", "c2,Ben,c2@post.linden.shop");
        _local.Write("products.csv", "sku,name", "s1,Tea");
        var first = (await ThereAsync("import", "customers", "customers.csv", "--json")).Ended().Json();
        first.GetProperty("accepted").GetInt32().ShouldBe(2);
        first.GetProperty("refusedFile").ValueKind.ShouldBe(JsonValueKind.Null);
        (await ThereAsync("import", "products", "products.csv")).Ended();
        var again = (await ThereAsync("import", "customers", "customers.csv", "--json")).Ended();
        again.Json().GetProperty("unchanged").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task Whatever_is_lost_on_the_way_is_sent_again_and_nothing_is_taken_in_twice()
    {
        var name = Write(ManyOrders.File(6_000, 500, padding: 2_000));
        await using var way = await UnsteadyWay.ToAsync(
            _served.Address,
            (method, _, before) =>
                (method, before) switch
                {
                    ("POST", 0) => Fate.Lost,
                    ("POST", 2) => Fate.AnswerLost,
                    ("PUT", 0) => Fate.AnswerLost,
                    ("PUT", 2) => Fate.TurnedAway,
                    ("PUT", 3) => Fate.Lost,
                    ("GET", 0) => Fate.Lost,
                    _ => Fate.Passes,
                }
        );
        var told = await ThereAsync(way.Address, ["import", "orders", name, "--json"]);
        var here = await _local.RunAsync("import", "orders", name, "--json");
        Counts(told.Ended(Exit.WithRefusals)).ShouldBe(Counts(here));
        way.Seen.Count(s => s == "PUT content").ShouldBeGreaterThan(5);
    }

    [Fact]
    public async Task A_file_that_is_refused_as_a_whole_is_told_as_on_a_folder()
    {
        var name = Write(Encoding.UTF8.GetBytes("customer_id,order_id,date,amount\nc1,o1,2025-01-02,5\nc2,o2"));
        var (there, here) = (await ThereAsync("import", "orders", name), await _local.RunAsync("import", "orders", name));
        there.Ended(Exit.WrongUsage).Err.ShouldBe(here.Ended(Exit.WrongUsage).Err);
    }

    [Fact]
    public async Task What_is_declared_wrongly_is_said_before_anything_is_sent()
    {
        var name = Write(Encoding.UTF8.GetBytes("customer_id,order_id,date,amount\n"));
        (await ThereAsync("import", "orders", name, "--dates", "xyz")).Ended(Exit.WrongUsage).Err.ShouldContain("dmy, mdy, ymd");
        (await ThereAsync("import", "orders", "no.csv")).Ended(Exit.WrongUsage).Err.ShouldContain("does not exist");
        (await _local.RunAsync("import", "orders", name, "--server", _served.Address.ToString(), "--token", "wrong"))
            .Ended(Exit.WrongUsage)
            .Err.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Whoever_stops_waiting_finds_it_again_with_the_same_command()
    {
        var name = Write(ManyOrders.File(6_000, 500, padding: 1_500));
        using var stop = new CancellationTokenSource();
        await using var way = await UnsteadyWay.ToAsync(
            _served.Address,
            (method, _, before) =>
            {
                if (method == "PUT" && before == 0)
                {
                    stop.Cancel();
                }

                return Fate.Passes;
            }
        );
        var (output, error) = (new StringWriter(), new StringWriter());
        var line = new CommandLine(output, error, false, directory: _local.Directory);
        var status = await line.RunAsync(["import", "orders", name, "--server", way.Address, "--token", _token], stop.Token);
        status.ShouldBe(Exit.Failed);
        error.ToString().ShouldContain("the same command finds it again");

        var again = await ThereAsync("import", "orders", name);
        again.Ended(Exit.WithRefusals).Err.ShouldContain("bytes already; going on from there");
        again.Out.ShouldStartWith("6,000 rows: ");
    }

    [Fact]
    public async Task By_hand_every_step_answers_with_what_is_next()
    {
        using var http = Client();
        var file = ManyOrders.File(12_000, 50);
        var begun = await http.PostAsJsonAsync("imports", Wish(file));
        begun.StatusCode.ShouldBe(HttpStatusCode.Created);
        var standing = await Read(begun);
        var place = begun.Headers.Location!.ToString();
        place.ShouldBe("/api/v1/imports/" + standing.GetProperty("id").GetString());
        (await http.PostAsJsonAsync("imports", Wish(file))).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await http.PostAsync(place + "/apply", null)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var first = await PutAsync(http, place, file, 0, Block);
        (await Read(first)).GetProperty("received").GetInt64().ShouldBe(Block);
        var gap = await PutAsync(http, place, file, 2 * Block, file.Length - (2 * Block));
        gap.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await Read(gap)).GetProperty("detail").GetString().ShouldBe($"The next piece begins at byte {Block}.");
        (await PutAsync(http, place, file, 0, Block)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await PutAsync(http, place, file, Block, 10)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await PutAsync(http, place, file, Block, file.Length - Block)).StatusCode.ShouldBe(HttpStatusCode.OK);

        var applied = await http.PostAsync(place + "/apply", null);
        (applied.StatusCode, applied.Headers.Location!.ToString()).ShouldBe((HttpStatusCode.Accepted, place));
        JsonElement end = default;
        for (var i = 0; i < 300 && (end = await Read(await http.GetAsync(place))).GetProperty("state").GetString() == "applying"; i++)
        {
            await Task.Delay(100);
        }

        end.GetProperty("state").GetString().ShouldBe("done");
        var report = end.GetProperty("report");
        report.GetProperty("rows").GetInt64().ShouldBe(12_000);
        report.EnumerateObject().Select(p => p.Name).ShouldContain("refusals");
        var rows = await http.GetAsync(place + "/refused-rows");
        rows.Content.Headers.ContentType!.ToString().ShouldBe("text/csv; charset=utf-8");
        rows.Content.Headers.ContentDisposition!.FileName.ShouldBe("orders.refused.csv");
        (await rows.Content.ReadAsStringAsync()).Split('\n').Length.ShouldBe((int)report.GetProperty("refused").GetInt64() + 2);

        (await http.DeleteAsync(place)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await http.GetAsync(place + "/refused-rows")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await ThereAsync("doctor")).Status.ShouldBe(Exit.Done);
    }

    [Fact]
    public async Task Sizes_ranges_and_unknown_things_are_refused()
    {
        using var http = Client();
        var file = new byte[5 * 1024 * 1024];
        var place = (await http.PostAsJsonAsync("imports", Wish(file))).Headers.Location!.ToString();
        (await PutAsync(http, place, file, 0, (4 * 1024 * 1024) + 1)).StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await http.PutAsync(place + "/content", new ByteArrayContent(file))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var wrong = new ByteArrayContent(new byte[Block]);
        wrong.Headers.ContentRange = new ContentRangeHeaderValue(0, Block - 1, 99 * Block);
        (await http.PutAsync(place + "/content", wrong)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var huge = new
        {
            kind = "orders",
            name = "a.csv",
            length = 1L << 40,
            sha256 = new string('0', 64),
        };
        (await http.PostAsJsonAsync("imports", huge)).StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await http.GetAsync("imports/" + new string('a', 26))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        http.DefaultRequestHeaders.Authorization = null;
        (await http.GetAsync(place)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Delivery_events_come_in_as_lines_and_odd_ones_are_named_by_line()
    {
        _local.Write(
            "events.jsonl",
            $$"""{"touch":"{{new string('a', 26)}}.{{new string('b', 26)}}","attempt":"x","event":"delivered","at":"2026-01-01T00:00:00Z"}""",
            "{\"touch\":1}"
        );
        var told = await ThereAsync("import", "events", "events.jsonl", "--json");
        told.Ended(Exit.WithRefusals).Err.ShouldContain("events.jsonl:2: has no valid 'touch'");
        told.Json().GetProperty("quarantined").GetInt32().ShouldBe(1);
        Json(told).ShouldBe(Json(await _local.RunAsync("import", "events", "events.jsonl", "--json")));
    }

    [Fact]
    public async Task Shop_events_and_delivery_events_of_one_file_reach_a_running_home()
    {
        var placed = """
            {"schema":1,"id":"e1","type":"order.placed","occurredAt":"2026-03-01T10:00:00+01:00","customer":{"id":"c77"},"order":{"id":"o1","total":20,"currency":"EUR"}}
            """;
        var delivered =
            $$"""{"touch":"{{new string('a', 26)}}.{{new string('b', 26)}}","attempt":"x","event":"delivered","at":"2026-01-01T00:00:00Z"}""";
        _local.Write("events.jsonl", "", placed, """{"schema":1,"type":"order.lost"}""", delivered);

        var told = (await ThereAsync("import", "events", "events.jsonl", "--json")).Ended(Exit.WithRefusals);

        told.Err.ShouldContain("events.jsonl:3: type: is not a kind of event known here");
        (told.Json().GetProperty("accepted").GetInt32(), told.Json().GetProperty("ofShop").GetInt32()).ShouldBe((2, 1));
        for (var i = 0; i < 200 && (await ThereAsync("explain", "c77")).Status != Exit.Done; i++)
        {
            await Task.Delay(50);
        }

        (await ThereAsync("explain", "c77")).Ended().Out.ShouldContain("c77");
    }

    private HttpClient Client()
    {
        var http = new HttpClient { BaseAddress = new Uri(_served.Address, "/api/v1/") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        return http;
    }

    private static object Wish(byte[] file) =>
        new
        {
            kind = "orders",
            name = "orders.csv",
            length = file.Length,
            sha256 = UploadWorld.HashOf(file),
            options = new { currency = "EUR" },
        };

    private static Task<HttpResponseMessage> PutAsync(HttpClient http, string place, byte[] file, int offset, int length)
    {
        var content = new ByteArrayContent(file, offset, length);
        content.Headers.ContentRange = new ContentRangeHeaderValue(offset, offset + length - 1, file.Length);
        return http.PutAsync(place + "/content", content);
    }

    private static async Task<JsonElement> Read(HttpResponseMessage answer) =>
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.Clone();

    private static string Json(Told told) => told.Json().ToString();

    /// <summary>Groups and due reviews are not compared: a running home reviews and refits by itself.</summary>
    private static string Stages(Told told) => told.Json().GetProperty("stages").ToString();

    private static string Counts(Told told)
    {
        var json = told.Json();
        return string.Join(
            ' ',
            new[] { "rows", "accepted", "unchanged", "refused", "customers", "orders" }.Select(n => $"{n} {json.GetProperty(n)}")
        );
    }
}
