using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.Extensions.DependencyInjection;
using RetentionFuncs.Functions.Home;

namespace RetentionFuncs.Functions.Tests.Worlds;

/// <summary>One function of the app, as the host finds it: a public method with a name and one trigger.</summary>
internal sealed record FunctionEntry(string Name, MethodInfo Method, TriggerBindingAttribute Trigger)
{
    public static IReadOnlyList<FunctionEntry> All { get; } =
    [
        .. typeof(FunctionsHome)
            .Assembly.GetExportedTypes()
            .SelectMany(t => t.GetMethods())
            .Where(m => m.GetCustomAttribute<FunctionAttribute>() is not null)
            .Select(Of),
    ];

    public static FunctionEntry Named(string name) => All.Single(f => f.Name == name);

    /// <summary>Calls it as the worker does: a fresh object in a scope of its own, for one invocation.</summary>
    public async Task<object?> CallAsync(IServiceProvider services, params object[] arguments)
    {
        await using var scope = services.CreateAsyncScope();
        var instance = ActivatorUtilities.CreateInstance(scope.ServiceProvider, Method.DeclaringType!);
        var task = (Task)Method.Invoke(instance, [.. Method.GetParameters().Select(p => ArgumentFor(p, arguments))])!;
        await task;
        return task.GetType().GetProperty("Result")?.GetValue(task);
    }

    private static object ArgumentFor(ParameterInfo parameter, object[] given) =>
        parameter.ParameterType == typeof(CancellationToken)
            ? given.OfType<CancellationToken>().FirstOrDefault()
            : given.First(parameter.ParameterType.IsInstanceOfType);

    private static FunctionEntry Of(MethodInfo method) =>
        new(
            method.GetCustomAttribute<FunctionAttribute>()!.Name,
            method,
            method.GetParameters().SelectMany(p => p.GetCustomAttributes<TriggerBindingAttribute>()).Single()
        );
}
