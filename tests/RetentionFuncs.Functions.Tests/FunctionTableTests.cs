using Microsoft.Azure.Functions.Worker;
using RetentionFuncs.Functions.Tests.Worlds;
using RetentionFuncs.Queues;
using RetentionFuncs.Runs;

namespace RetentionFuncs.Functions.Tests;

/// <summary>The function classes are those that settings, infra and queries speak of.</summary>
public sealed class FunctionTableTests
{
    [Fact]
    public void The_functions_are_those_of_the_table_of_names() =>
        FunctionEntry.All.Select(f => f.Name).Order().ShouldBe(FunctionNames.All.Order());

    [Fact]
    public void Each_is_a_class_of_its_own_named_as_the_function() =>
        FunctionEntry.All.ShouldAllBe(f => f.Method.DeclaringType!.Name == f.Name + "Function");

    [Fact]
    public void Each_timer_reads_its_schedule_from_the_setting_of_its_name() =>
        FunctionEntry
            .All.Where(f => f.Trigger is TimerTriggerAttribute)
            .ToDictionary(f => f.Name, f => ((TimerTriggerAttribute)f.Trigger).Schedule)
            .ShouldBe(FunctionNames.Timers.ToDictionary(n => n, n => $"%{n}Schedule%"), ignoreOrder: true);

    [Fact]
    public void Each_queue_has_its_function_which_settles_messages_itself()
    {
        var triggers = FunctionEntry
            .All.Where(f => f.Trigger is ServiceBusTriggerAttribute)
            .ToDictionary(f => f.Name, f => (ServiceBusTriggerAttribute)f.Trigger);

        triggers.ToDictionary(t => t.Value.QueueName!, t => t.Key).ShouldBe(FunctionNames.ByQueue, ignoreOrder: true);
        triggers.Values.ShouldAllBe(t => t.Connection == FunctionSettings.BusConnection && !t.AutoCompleteMessages);
        triggers.Values.Select(t => t.QueueName).Order().ShouldBe(WorkQueues.All.Order());
    }

    [Fact]
    public void Only_machines_doors_ask_for_a_key_and_none_stands_open_by_forgetting() =>
        FunctionEntry
            .All.Where(f => f.Trigger is HttpTriggerAttribute { AuthLevel: not AuthorizationLevel.Anonymous })
            .Select(f => f.Name)
            .Order()
            .ShouldBe([FunctionNames.MachineApi, FunctionNames.ShopEvents]);

    [Fact]
    public void Every_kind_of_run_that_a_timer_starts_is_named_as_its_function()
    {
        var timers = FunctionNames.Timers.Except([FunctionNames.ObserveHome]);

        timers.ShouldBeSubsetOf(Enum.GetNames<RunKind>());
    }
}
