using RetentionFuncs.ContactPolicy.Histories;
using RetentionFuncs.Customers;
using RetentionFuncs.Imports;
using RetentionFuncs.Orders;
using RetentionFuncs.Scoring;
using RetentionFuncs.Storage;
using RetentionFuncs.Tests.Imports;
using RetentionFuncs.Undoing;

namespace RetentionFuncs.Tests.Undoing;

public sealed class UndoImportTests : IDisposable
{
    private const string Orders = "customer_id,order_id,date,amount,email\n";
    private readonly KindsWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Orders_that_an_import_brought_go_and_so_does_a_customer_whom_only_it_knew()
    {
        await _world.TakeAsync(
            "orders",
            Orders + "a,o1,2026-01-05,10,a@post.linden.shop\na,o2,2026-02-05,10,a@post.linden.shop\nb,o3,2026-01-06,10,\n"
        );
        var account = await _world.UndoAsync("orders");
        // Three orders, two customers, one contact.
        account.ShouldBe(new UndoAccount(6, 0, 0, 0, 0) { Left = account.Left });
        (await _world.RowsAsync("a")).ShouldBeEmpty();
        (await _world.RowsAsync("b")).ShouldBeEmpty();
        (await new CustomerIndex(_world.Trip.Rows).ReadAllAsync().CountAsync()).ShouldBe(0);
        var run = (await _world.RunsAsync()).Single();
        (run.State, run.Undone!.Undone).ShouldBe((ImportState.Undone, 6));
    }

    [Fact]
    public async Task What_was_on_file_before_is_so_again()
    {
        await _world.TakeAsync("orders", Orders + "a,o1,2026-01-05,10,a@post.linden.shop\na,o2,2026-02-05,20,a@post.linden.shop\n");
        var before = await _world.RowsAsync("a");
        await ImportAsync("orders", Orders + "a,o1,2026-01-05,99,new@post.linden.shop\na,o9,2026-02-28,5,new@post.linden.shop\n");
        (await _world.PartitionAsync("a")).Summary().Orders.ShouldBe(3);
        var run = (await _world.RunsAsync()).OrderBy(r => r.StartedAt).Last();
        var done = (await _world.Trip.Product.UndoImport.RunAsync(run.Short)).ShouldBeOfType<UndoOutcome.Done>();
        (done.Account.Undone, done.Account.Records).ShouldBe((3, 3));
        (await _world.RowsAsync("a")).ShouldBe(before);
    }

    [Fact]
    public async Task An_order_that_was_changed_since_is_left_and_named()
    {
        await _world.TakeAsync("orders", Orders + "a,o1,2026-01-05,10,\na,o2,2026-02-05,20,\n");
        await _world.Trip.OrderAsync("a", "2026-01-05", 77, "o1");
        var account = await _world.UndoAsync("orders");
        (account.Undone, account.Changed, account.InUse).ShouldBe((1, 1, 1));
        account.Left.ShouldBe(
            [new LeftRecord("order", "o1", "a", UndoLeft.Changed), new LeftRecord("customer", "a", "a", UndoLeft.InUse)],
            ignoreOrder: true
        );
        (await _world.OrdersAsync("a")).ShouldHaveSingleItem().Total.Amount.ShouldBe(77);
        (await _world.PartitionAsync("a")).Summary().SpendIn("EUR").ShouldBe(77);
    }

    [Fact]
    public async Task Undone_twice_is_undone_once_with_the_same_account()
    {
        await _world.TakeAsync("orders", Orders + "a,o1,2026-01-05,10,\na,o2,2026-02-05,20,\n");
        await _world.Trip.OrderAsync("a", "2026-01-05", 77, "o1");
        var first = await _world.UndoAsync("orders");
        var rows = await _world.RowsAsync("a");
        var second = await _world.UndoAsync("orders");
        (second with { Left = [] }).ShouldBe(first with { Left = [] });
        second.Left.ShouldBe(first.Left);
        (await _world.RowsAsync("a")).ShouldBe(rows);
    }

    [Fact]
    public async Task After_an_undo_the_same_file_is_imported_again_and_undone_again()
    {
        const string File = Orders + "a,o1,2026-01-05,10,a@post.linden.shop\n";
        await _world.TakeAsync("orders", File);
        var once = await _world.RowsAsync("a");
        await _world.UndoAsync("orders");
        (await _world.TakeAsync("orders", File)).Unchanged.ShouldBe(0);
        (await _world.RowsAsync("a")).ShouldBe(once);
        (await _world.UndoAsync("orders")).Undone.ShouldBe(3);
        (await _world.RowsAsync("a")).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_file_imported_twice_before_its_undo_is_undone_whole()
    {
        const string File = Orders + "a,o1,2026-01-05,10,a@post.linden.shop\n";
        await _world.TakeAsync("orders", File);
        await _world.TakeAsync("orders", File);
        (await _world.UndoAsync("orders")).Undone.ShouldBe(3);
        (await _world.RowsAsync("a")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Hundreds_of_orders_of_one_customer_are_taken_back_in_parts()
    {
        var rows = Enumerable.Range(0, 230).Select(i => $"a,o{i},2026-01-{1 + (i % 28):00},{i},");
        await _world.TakeAsync("orders", Orders + string.Join('\n', rows) + "\n");
        await ImportAsync("orders", Orders + string.Join('\n', rows.Select(r => r[..^1] + "5,")) + "\n");
        (await _world.OrdersAsync("a")).Count.ShouldBe(230);
        foreach (var run in (await _world.RunsAsync()).OrderByDescending(r => r.StartedAt))
        {
            (await _world.Trip.Product.UndoImport.RunAsync(run.Id)).ShouldBeOfType<UndoOutcome.Done>().Account.Changed.ShouldBe(0);
        }

        (await _world.RowsAsync("a")).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_summary_equals_a_fold_of_what_stays_and_the_customer_is_looked_at_again()
    {
        await _world.Trip.CustomerAsync("a");
        await _world.Trip.OrderAsync("a", "2025-01-05");
        await _world.Trip.OrderAsync("a", "2025-02-05");
        var before = (await _world.PartitionAsync("a")).Summary();
        await _world.TakeAsync("orders", Orders + "a,o9,2026-02-28,5,\n");
        (await _world.PartitionAsync("a")).Standing()!.Stage.ShouldBe(LapseStage.Active);
        await _world.UndoAsync("orders");
        var partition = await _world.PartitionAsync("a");
        partition.Summary().PurchaseDays.ShouldBe(before.PurchaseDays);
        await _world.Trip.TickAsync("2026-03-03");
        var stage = StageSchedule.StageOn(partition.Summary(), await _world.Trip.Product.Scoring.RuleAsync(), new(2026, 3, 3));
        (await _world.PartitionAsync("a")).Standing()!.Stage.ShouldBe(stage!.Value);
    }

    [Fact]
    public async Task Customers_have_their_fields_back_unless_they_were_changed_since()
    {
        const string Header = "customer_id,name,email,country\n";
        await _world.TakeAsync("customers", Header + "a,Ada,a@post.linden.shop,DE\nb,Ben,b@post.linden.shop,DE\n");
        var before = await _world.RowsAsync("a");
        await ImportAsync("customers", Header + "a,XXX,x@post.linden.shop,FR\nb,YYY,y@post.linden.shop,FR\nc,Cid,c@post.linden.shop,FR\n");
        await _world.Trip.CustomerAsync("b", n => n with { ContactName = "Benno" });
        var run = (await _world.RunsAsync()).OrderBy(r => r.StartedAt).Last();
        var account = (await _world.Trip.Product.UndoImport.RunAsync(run.Id)).ShouldBeOfType<UndoOutcome.Done>().Account;
        (await _world.RowsAsync("a")).ShouldBe(before);
        (await _world.RowsAsync("c")).ShouldBeEmpty();
        (await _world.ContactAsync("b")).Name.ShouldBe("Benno");
        // Customer and contact of each of the three; only Ben's contact was touched again.
        (account.Undone, account.Changed).ShouldBe((5, 1));
        account.Left.ShouldBe([new LeftRecord("contact", "primary", "b", UndoLeft.Changed)]);
    }

    [Fact]
    public async Task A_no_that_an_import_brought_stays_and_a_yes_goes()
    {
        await _world.TakeAsync(
            "customers",
            "customer_id,name,email,consent,consent_at\na,Ada,a@post.linden.shop,yes,2025-01-01\nb,Ben,b@post.linden.shop,,\n"
        );
        await ImportAsync(
            "consents",
            "customer_id,channel,state,moment\na,email,no,2026-01-01\na,sms,yes,2026-01-01\nb,email,yes,2026-01-01\n"
        );
        var account = await _world.UndoAsync("consents");
        (account.Undone, account.Denials).ShouldBe((2, 1));
        var ada = await _world.ContactAsync("a");
        (ada.EmailConsent!.State, ada.SmsConsent).ShouldBe((ConsentState.Denied, null));
        (await _world.ContactAsync("b")).EmailConsent.ShouldBeNull();

        var history = await _world.Trip.Product.ReadConsents.RunAsync(_world.Trip.KeyOf("b"));
        history.IsWhole.ShouldBeTrue();
        history.Entries.Select(e => (e.Act, e.State)).ShouldBe([(ConsentAct.Answered, ConsentState.Granted), (ConsentAct.TakenBack, null)]);
        var hers = (await _world.Trip.Product.ReadConsents.RunAsync(_world.Trip.KeyOf("a"))).Entries;
        hers.Where(e => e.Act == ConsentAct.TakenBack).Select(e => (e.Channel, e.State)).ShouldBe([(Channel.Sms, null)]);
    }

    [Fact]
    public async Task A_customer_whom_only_the_undone_import_knew_goes_and_the_history_of_answers_stays()
    {
        await _world.TakeAsync("customers", "customer_id,name,email,consent,consent_at\na,Ada,a@post.linden.shop,yes,2025-01-01\n");
        await _world.UndoAsync("customers");
        (await _world.PartitionAsync("a")).Profile().ShouldBeNull();
        (await new CustomerIndex(_world.Trip.Rows).ReadAllAsync().CountAsync()).ShouldBe(0);
        (await _world.RowsAsync("a")).ShouldAllBe(r => r.StartsWith("x-consent|") || r.StartsWith("consents:"));
        var history = await _world.Trip.Product.ReadConsents.RunAsync(_world.Trip.KeyOf("a"));
        (history.IsWhole, history.Entries[^1].Act).ShouldBe((true, ConsentAct.TakenBack));
    }

    [Fact]
    public async Task A_yes_given_by_address_is_found_and_taken_back_too()
    {
        await _world.TakeAsync("customers", "customer_id,name,email\na,Ada,a@post.linden.shop\n");
        await ImportAsync("consents", "email,state,moment\na@post.linden.shop,yes,2026-01-01\n");
        (await _world.ContactAsync("a")).EmailConsent.ShouldNotBeNull();
        (await _world.UndoAsync("consents")).Undone.ShouldBe(1);
        (await _world.ContactAsync("a")).EmailConsent.ShouldBeNull();
    }

    [Fact]
    public async Task A_suppression_is_never_lifted()
    {
        await _world.TakeAsync("suppressions", "email,reason\na@post.linden.shop,spam\nb@post.linden.shop,bounce\n");
        var account = await _world.UndoAsync("suppressions");
        (account.Undone, account.Suppressions, account.Records).ShouldBe((0, 2, 2));
        (await _world.StandingOfAsync("a@post.linden.shop")).ShouldNotBeNull();
    }

    [Fact]
    public async Task Products_are_as_they_were()
    {
        await _world.TakeAsync("products", "sku,name,family\na,Tea,drinks\nb,Cup,\n");
        await ImportAsync("products", "sku,name,family\na,TEA,x\nb,CUP,\nc,Pot,\n");
        await _world.Trip.Product.Products.PutAsync(new Product("b", "Mug", null, null, null));
        var run = (await _world.RunsAsync()).OrderBy(r => r.StartedAt).Last();
        for (var i = 0; i < 2; i++)
        {
            var account = (await _world.Trip.Product.UndoImport.RunAsync(run.Id)).ShouldBeOfType<UndoOutcome.Done>().Account;
            (account.Undone, account.Changed).ShouldBe((2, 1));
            account.Left.ShouldBe([new LeftRecord("product", "b", "", UndoLeft.Changed)]);
        }

        var products = _world.Trip.Product.Products;
        (await products.FindAsync("a"))!.Name.ShouldBe("Tea");
        (await products.FindAsync("b"))!.Name.ShouldBe("Mug");
        (await products.FindAsync("c")).ShouldBeNull();
    }

    [Fact]
    public async Task Receivables_deliveries_and_stock_are_folded_anew()
    {
        await _world.TakeAsync("receivables", "customer_id,invoice,due,amount\nd,I-1,2026-01-31,100\n");
        await ImportAsync("stock", "customer_id,sku,date,stock,sold,sold_since\nd,tea,2026-02-20,30,20,2026-02-10\n");
        var before = await _world.RowsAsync("d");
        await ImportAsync("receivables", "customer_id,invoice,due,amount,paid\nd,I-1,2026-01-31,100,2026-02-20\nd,I-2,2026-01-31,50,\n");
        await ImportAsync("deliveries", "customer_id,order_id,promised,delivered\nd,O-1,2026-02-01,2026-02-09\n");
        await ImportAsync("stock", "customer_id,sku,date,stock,sold\nd,tea,2026-02-25,5,25\nd,cup,2026-02-25,5,\n");
        (await _world.RowsAsync("d")).ShouldNotBe(before);
        foreach (var run in (await _world.RunsAsync()).OrderByDescending(r => r.StartedAt).Take(3))
        {
            (await _world.Trip.Product.UndoImport.RunAsync(run.Id)).ShouldBeOfType<UndoOutcome.Done>().Account.Changed.ShouldBe(0);
        }

        (await _world.RowsAsync("d")).ShouldBe(before);
        foreach (var run in (await _world.RunsAsync()).Where(r => r.State == ImportState.Done).OrderByDescending(r => r.StartedAt))
        {
            await _world.Trip.Product.UndoImport.RunAsync(run.Id);
        }

        (await _world.RowsAsync("d")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_hundred_invoices_of_one_customer_are_taken_back_in_parts()
    {
        var rows = Enumerable.Range(0, 100).Select(i => $"d,I-{i},2026-01-31,{i + 1},{(i % 2 == 0 ? "2026-02-10" : "")}");
        await _world.TakeAsync("receivables", "customer_id,invoice,due,amount,paid\n" + string.Join('\n', rows) + "\n");
        (await _world.ExperiencesAsync("d")).OpenInvoices.Count.ShouldBe(50);
        var account = await _world.UndoAsync("receivables");
        (account.Undone, account.Records).ShouldBe((151, 151));
        (await _world.RowsAsync("d")).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_undo_that_was_cut_off_goes_on_and_accounts_for_all()
    {
        await _world.TakeAsync(
            "orders",
            Orders + string.Join('\n', Enumerable.Range(0, 40).Select(i => $"c{i},o{i},2026-01-05,10,")) + "\n"
        );
        var failing = new FailingStore(_world.Trip.Rows, commits: 35);
        var product = _world.Trip.Product;
        var undo = new UndoImport(
            failing,
            product.Calendar,
            "EUR",
            product.Scoring,
            new ConsentLog(product.Secret, product.Ids),
            _world.Trip.Clock
        );
        var run = (await _world.RunsAsync()).Single();
        await Should.ThrowAsync<StoreUnavailableException>(async () => await undo.RunAsync(run.Id));
        (await _world.RunsAsync()).Single().State.ShouldBe(ImportState.Undoing);
        (
            await _world.ImportAsync("orders", "customer_id,order_id,date,amount\nz,o,2026-01-01,1\n")
        ).ShouldBeOfType<ImportOutcome.Completed>();
        var account = (await product.UndoImport.RunAsync(run.Id)).ShouldBeOfType<UndoOutcome.Done>().Account;
        (account.Undone, account.Records).ShouldBe((80, 80));
    }

    [Fact]
    public async Task A_file_that_is_being_undone_is_not_imported()
    {
        const string File = Orders + "a,o1,2026-01-05,10,\n";
        await _world.TakeAsync("orders", File);
        await new ImportRuns(_world.Trip.Rows).WriteAsync((await _world.RunsAsync()).Single() with { State = ImportState.Undoing });
        (await _world.ImportAsync("orders", File).Refusal()).Reason.ShouldContain("retention import undo");
    }

    [Fact]
    public async Task An_unfinished_an_unknown_and_an_ambiguous_run_are_not_undone()
    {
        await _world.TakeAsync("orders", Orders + "a,o1,2026-01-05,10,\n");
        await _world.TakeAsync("customers", "customer_id\na\n");
        var runs = new ImportRuns(_world.Trip.Rows);
        var run = (await _world.RunsAsync()).Single(r => r.Kind == "orders");
        await runs.WriteAsync(run with { State = ImportState.Applying });
        (await _world.Trip.Product.UndoImport.RunAsync("orders:")).ShouldBeOfType<UndoOutcome.NotFinished>();
        (await _world.Trip.Product.UndoImport.RunAsync("nothing")).ShouldBeOfType<UndoOutcome.NotFound>();
        (await _world.Trip.Product.UndoImport.RunAsync("")).ShouldBeOfType<UndoOutcome.Ambiguous>().Runs.Count.ShouldBe(2);
    }

    [Fact]
    public async Task After_thirty_days_nothing_is_kept_and_nothing_is_undone()
    {
        await _world.TakeAsync("orders", Orders + "a,o1,2026-01-05,10,\n");
        await _world.TakeAsync("products", "sku,name\na,Tea\n");
        var sweep = new SweepUndo(_world.Trip.Rows, _world.Trip.Clock);
        _world.Trip.Clock.Now += TimeSpan.FromDays(30) - TimeSpan.FromTicks(1);
        (await sweep.RunAsync()).ShouldBe(0);
        (await NotesAsync("a")).ShouldBe(1);
        _world.Trip.Clock.Now += TimeSpan.FromTicks(1);
        (await _world.Trip.Product.UndoImport.RunAsync("orders")).ShouldBeOfType<UndoOutcome.TooLate>();
        (await sweep.RunAsync()).ShouldBe(2);
        (await NotesAsync("a")).ShouldBe(0);
        (await sweep.RunAsync()).ShouldBe(0);
        (await _world.OrdersAsync("a")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task One_commit_of_new_orders_takes_one_row_more_however_many_they_are()
    {
        await _world.TakeAsync("orders", Orders + string.Join('\n', Enumerable.Range(0, 40).Select(i => $"a,o{i},2026-01-05,10,")) + "\n");
        (await NotesAsync("a")).ShouldBe(1);
    }

    [Fact]
    public async Task Nothing_of_a_customer_is_left_in_the_marks_of_an_undo()
    {
        const string Header = "customer_id,name,email\n";
        await _world.TakeAsync("customers", Header + "a,Ada Winter,a@post.linden.shop\n");
        await ImportAsync("customers", Header + "a,Ada Sommer,x@post.linden.shop\n");
        var run = (await _world.RunsAsync()).OrderBy(r => r.StartedAt).Last();
        await _world.Trip.Product.UndoImport.RunAsync(run.Id);
        await foreach (
            var row in _world.Trip.Rows.ReadAllAsync(
                CustomerPartition.IdOf(_world.Trip.KeyOf("a")),
                RowRange.Prefix(UndoTrail.PrefixOf(run.Short))
            )
        )
        {
            string.Join(' ', row.Properties.Entries).ShouldNotContain("Winter");
        }
    }

    private async Task ImportAsync(string kind, string text)
    {
        _world.Trip.Clock.Now += TimeSpan.FromHours(1);
        await _world.TakeAsync(kind, text);
    }

    private async Task<int> NotesAsync(string customer) =>
        await _world
            .Trip.Rows.ReadAllAsync(CustomerPartition.IdOf(_world.Trip.KeyOf(customer)), RowRange.Prefix(UndoTrail.Prefix))
            .CountAsync();

    /// <summary>Goes down after so many commits.</summary>
    private sealed class FailingStore(IRowStore inner, int commits) : IRowStore
    {
        private int _left = commits;

        public ValueTask<RowPage> ReadAsync(PartitionId partition, RowRange range, int limit = 1000) =>
            inner.ReadAsync(partition, range, limit);

        public ValueTask<CommitResult> CommitAsync(PartitionId partition, IReadOnlyList<RowWrite> writes) =>
            _left-- > 0 ? inner.CommitAsync(partition, writes) : throw new StoreUnavailableException("down");
    }
}
