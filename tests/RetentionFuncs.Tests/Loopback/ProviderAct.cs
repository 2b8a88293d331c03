using Microsoft.AspNetCore.Http;

namespace RetentionFuncs.Tests.Loopback;

/// <summary>What the loopback provider does with one submission.</summary>
internal abstract record ProviderAct
{
    public static ProviderAct Accept { get; } = new Acceptance();

    /// <summary>Whether the mail would really be sent, whatever the caller hears of it.</summary>
    public virtual bool Accepts => false;

    public abstract Task AnswerAsync(HttpContext context);

    /// <summary>Accepts most at leisure, cuts about 3 in 100 answers off, and now and then says "not now" for a second.</summary>
    public static ProviderAct OnABadDay(int seed, int n)
    {
        var random = new Random(unchecked((seed * 7_919) + n));
        return random.Next(300) switch
        {
            < 2 => new Answer(429, ("X-RateLimit-Reset", $"{DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 1}")),
            < 12 => new CutAfter(),
            < 100 => new Slow(TimeSpan.FromMilliseconds(random.Next(20, 300)), Accept),
            _ => new Slow(TimeSpan.FromMilliseconds(random.Next(20)), Accept),
        };
    }

    /// <summary>Takes it and says under which id.</summary>
    public sealed record Acceptance : ProviderAct
    {
        public override bool Accepts => true;

        public override Task AnswerAsync(HttpContext context)
        {
            context.Response.StatusCode = StatusCodes.Status202Accepted;
            context.Response.Headers["X-Message-Id"] = (string)context.Items[nameof(Submission.MessageId)]!;
            return Task.CompletedTask;
        }
    }

    public sealed record Answer(int Status, params (string Name, string Value)[] Headers) : ProviderAct
    {
        public string Body { get; init; } = "";

        public override bool Accepts => Status == 202;

        public override async Task AnswerAsync(HttpContext context)
        {
            context.Response.StatusCode = Status;
            foreach (var (name, value) in Headers)
            {
                context.Response.Headers[name] = value;
            }

            await context.Response.WriteAsync(Body);
        }
    }

    /// <summary>Waits and then does the other thing, unless the caller has gone; accepts at once.</summary>
    public sealed record Slow(TimeSpan Wait, ProviderAct Then) : ProviderAct
    {
        public override bool Accepts => Then.Accepts;

        public override async Task AnswerAsync(HttpContext context)
        {
            await Task.Delay(Wait, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            await Then.AnswerAsync(context);
        }
    }

    /// <summary>Cuts the connection before it has read the submission.</summary>
    public sealed record CutBefore : ProviderAct
    {
        public override Task AnswerAsync(HttpContext context) => Task.CompletedTask;
    }

    /// <summary>Takes the submission and cuts the connection instead of answering.</summary>
    public sealed record CutAfter : ProviderAct
    {
        public override bool Accepts => true;

        public override Task AnswerAsync(HttpContext context)
        {
            context.Abort();
            return Task.CompletedTask;
        }
    }

    /// <summary>Sends the status and then cuts in the middle of the body.</summary>
    public sealed record CutInside(int Status) : ProviderAct
    {
        public override async Task AnswerAsync(HttpContext context)
        {
            context.Response.StatusCode = Status;
            context.Response.ContentLength = 1_000;
            await context.Response.WriteAsync("{\"errors\":[");
            await context.Response.Body.FlushAsync();

            // A reset on its heels would also destroy the status that the caller has not read yet.
            await Task.Delay(TimeSpan.FromMilliseconds(200));
            context.Abort();
        }
    }
}
