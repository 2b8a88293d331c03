using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace RetentionFuncs.Tests.Telemetry;

/// <summary>One measurement: the instrument, its value, its tags.</summary>
public sealed record Measured(Instrument Instrument, double Value, IReadOnlyDictionary<string, object?> Tags)
{
    public string Name => Instrument.Name;

    public string Tag(string key) => Tags[key]?.ToString() ?? "";
}

/// <summary>
/// Hears everything a home lets out about itself: spans, measurements and log lines. Either of the test's own flow (tests run side by
/// side, and instruments are the process's) or of the whole process.
/// </summary>
public sealed class TelemetryTap : IDisposable, ILoggerProvider
{
    private static readonly AsyncLocal<TelemetryTap?> Flow = new();

    private readonly ActivityListener _spans = new();
    private readonly MeterListener _meters = new();
    private readonly ConcurrentQueue<Activity> _stopped = new();
    private readonly ConcurrentQueue<Measured> _measured = new();
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly bool _all;

    private TelemetryTap(bool all)
    {
        _all = all;
        Flow.Value = all ? Flow.Value : this;
        _spans.ShouldListenTo = source => all || source.Name == "RetentionFuncs";
        _spans.Sample = (ref ActivityCreationOptions<ActivityContext> _) =>
            IsMine ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None;
        _spans.ActivityStopped = _stopped.Enqueue;
        ActivitySource.AddActivityListener(_spans);
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (all || instrument.Meter.Name == "RetentionFuncs")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _meters.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _meters.Start();
    }

    /// <summary>Of what the calling test does from here on, and nothing else.</summary>
    public static TelemetryTap OfThisFlow() => new(all: false);

    /// <summary>Of everything in the process: every source, every meter.</summary>
    public static TelemetryTap OfEverything() => new(all: true);

    /// <summary>Spans that have ended, in that order.</summary>
    public IReadOnlyList<Activity> Spans => [.. _stopped];

    public IReadOnlyList<Measured> Measurements => [.. _measured];

    /// <summary>Log lines with their scopes, states and exceptions, of loggers made by this provider.</summary>
    public IReadOnlyList<string> LogLines => [.. _lines];

    private bool IsMine => _all || Flow.Value == this;

    public IEnumerable<Measured> Of(string name) => _measured.Where(m => m.Name == name);

    /// <summary>Every text heard, each with what it is part of.</summary>
    public IEnumerable<(string Where, string Text)> Texts() =>
        _stopped
            .SelectMany(TextsOf)
            .Concat(_measured.SelectMany(m => m.Tags.Select(t => ($"metric {m.Name}", $"{t.Key}={t.Value}"))))
            .Concat(_measured.Select(m => ("metric name", m.Name)))
            .Concat(_lines.Select(l => ("log", l)));

    public ILogger CreateLogger(string categoryName) => new Lines(categoryName, _lines);

    public void Dispose()
    {
        _spans.Dispose();
        _meters.Dispose();
    }

    private static IEnumerable<(string Where, string Text)> TextsOf(Activity span)
    {
        var where = $"span {span.Source.Name}/{span.OperationName}";
        yield return (where, span.DisplayName);
        yield return (where, span.StatusDescription ?? "");
        yield return (where, $"{span.TraceStateString} {span.ParentId}");
        var tags = span
            .TagObjects.Concat(span.Events.SelectMany(e => e.Tags.Prepend(new("event", e.Name))))
            .Concat(span.Links.SelectMany(l => l.Tags ?? []))
            .Concat(span.Baggage.Select(b => new KeyValuePair<string, object?>(b.Key, b.Value)));
        foreach (var (key, value) in tags)
        {
            yield return (where, $"{key}={value}");
        }
    }

    private void Keep(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (IsMine)
        {
            _measured.Enqueue(new Measured(instrument, value, new Dictionary<string, object?>(tags.ToArray())));
        }
    }

    private sealed class Lines(string category, ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            Keep(state);
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            lines.Enqueue($"{category} {eventId} {formatter(state, exception)} {exception}");
            Keep(state);
        }

        private void Keep<TState>(TState state) =>
            lines.Enqueue(
                state is IEnumerable<KeyValuePair<string, object?>> pairs
                    ? string.Join(' ', pairs.Select(p => $"{p.Key}={p.Value}"))
                    : $"{state}"
            );
    }
}
