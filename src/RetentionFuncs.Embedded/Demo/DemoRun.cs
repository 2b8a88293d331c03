using System.Text;
using RetentionFuncs.Campaigns;
using RetentionFuncs.Customers;
using RetentionFuncs.Deliveries;
using RetentionFuncs.Embedded.Commands;
using RetentionFuncs.Embedded.Home;
using RetentionFuncs.Imports;
using RetentionFuncs.Messages;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Embedded.Demo;

/// <summary>
/// Runs the generated shop through the product: history by import, then day by day on a moved clock the same tick, queue, outbox and
/// import that a real folder has, with customers who answer.
/// </summary>
internal sealed class DemoRun
{
    private readonly EmbeddedHome _home;
    private readonly DemoShop _shop;
    private readonly DemoMessages _messages;
    private readonly MovableClock _clock;
    private readonly DemoBehaviour _behaviour;
    private readonly DemoMailbox _mailbox;
    private readonly string _files;
    private readonly Dictionary<CustomerKey, string> _idOf;
    private readonly Dictionary<string, List<DemoContact>> _contacts = new(StringComparer.Ordinal);

    public DemoRun(EmbeddedHome home, DemoShop shop, DemoMessages messages, MovableClock clock, string files)
    {
        (_home, _shop, _messages, _clock, _files) = (home, shop, messages, clock, files);
        _behaviour = shop.Behaviour();
        _mailbox = new DemoMailbox(shop);
        _idOf = shop.People.ToDictionary(p => home.Product.Secret.CustomerKeyOf(p.ExternalId), p => p.ExternalId);
    }

    public List<ImportReport> Imports { get; } = [];

    public int Days => DemoShop.DaysToRun;

    public IReadOnlyDictionary<string, List<DemoContact>> Contacts => _contacts;

    public DemoBehaviour Behaviour => _behaviour;

    public string IdOf(CustomerKey key) => _idOf[key];

    /// <summary>Reads the generated files through the real import, on the last evening of the history, and launches the campaigns.</summary>
    public async Task BeginAsync()
    {
        _clock.StandsAt = At(_shop.HistoryEnd, 23);
        foreach (var kind in new[] { "products", "customers", "orders" })
        {
            Imports.Add(await ImportAsync(kind, Path.Combine(_files, kind + ".csv")));
        }

        foreach (var (customer, news) in DemoExperiences.Of(_shop))
        {
            await _home.Product.RecordExperience.RunAsync(customer, news, _clock.GetUtcNow());
        }

        _clock.StandsAt = At(_shop.HistoryEnd.AddDays(1), 8);
        await _home.Product.RefitScores.RunIfDueAsync();
        foreach (var version in CampaignFiles.Read(_home.Folder.Campaigns, _home.Product.Settings).Versions)
        {
            await _home.Product.LaunchCampaign.ApplyAsync(version);
            await _home.Product.LaunchCampaign.LaunchAsync(version.Campaign.Key);
        }
    }

    /// <summary>One day: the morning's tick, then the customers' orders and the provider's events of that day.</summary>
    public async Task DayAsync(DateOnly day)
    {
        _clock.StandsAt = At(day, 10);
        await new Ticking(_home).RunAsync();
        var sent = _messages.Take();
        await RememberAsync(sent, day);
        var orders = _behaviour.OrdersOn(day, id => _contacts.TryGetValue(id, out var known) ? known : []);
        _clock.StandsAt = At(day, 23);
        if (orders.Count > 0)
        {
            var file = Path.Combine(_files, $"orders-{day:yyyy-MM-dd}.csv");
            await File.WriteAllLinesAsync(file, [DemoFiles.OrderHeader, .. orders.SelectMany(DemoFiles.Rows)], new UTF8Encoding(false));
            await ImportAsync("orders", file);
        }

        await AnswerAsync(sent, day);
    }

    private async Task RememberAsync(IEnumerable<OutboundMessage> sent, DateOnly day)
    {
        foreach (var message in sent)
        {
            var (touch, version, id) = await LookUpAsync(message);
            var step = (JourneyStep.Message)version.Campaign.StepById(touch.Step)!;
            var coupon = touch.Coupon is { } c ? new DemoCoupon(c.Code, c.Percent, c.EndsOn) : null;
            if (!_contacts.TryGetValue(id, out var known))
            {
                _contacts[id] = known = [];
            }

            known.Add(new DemoContact(day, DemoMessages.KindOf(touch.Campaign, step), coupon) { Campaign = touch.Campaign });
        }
    }

    private async Task<(Touchpoint Touch, CampaignVersion Version, string Id)> LookUpAsync(OutboundMessage message)
    {
        _ = TouchRef.TryParse(message.Reference, out var reference);
        var partition = await CustomerPartition.LoadAsync(_home.Product.Store, reference.Customer);
        var touch = partition.TouchpointBy(reference.Touch)!;
        return (touch, await _home.Product.Campaigns.VersionAsync(touch.Campaign, touch.Version), _idOf[reference.Customer]);
    }

    private async Task AnswerAsync(IReadOnlyList<OutboundMessage> sent, DateOnly day)
    {
        var lines = new List<string>();
        foreach (var message in sent)
        {
            _ = TouchRef.TryParse(message.Reference, out var reference);
            lines.AddRange(
                _mailbox.AnswersTo(_idOf[reference.Customer], reference, message.AttemptId, message.At).Select(DemoMailbox.ToJsonLine)
            );
        }

        if (lines.Count == 0)
        {
            return;
        }

        await File.WriteAllLinesAsync(Path.Combine(_files, $"events-{day:yyyy-MM-dd}.jsonl"), lines, new UTF8Encoding(false));
        var events = new List<DeliveryEvent>();
        foreach (var line in lines)
        {
            events.Add(
                DeliveryEventLines.TryParse(line, out var e, out var problem) ? e : throw new InvalidDataException($"{problem}: {line}")
            );
        }

        await _home.Product.RecordDeliveryEvents.RunAsync(events);
    }

    private async Task<ImportReport> ImportAsync(string kind, string file) =>
        await ImportCommand.ImportAsync(_home, kind, file, new ImportOptions()) is ImportOutcome.Completed done
            ? done.Report
            : throw new InvalidDataException($"The generated file {file} was refused as a whole.");

    private DateTimeOffset At(DateOnly day, int hour) => _home.Product.Calendar.InstantOf(day, new TimeOnly(hour, 0));
}
