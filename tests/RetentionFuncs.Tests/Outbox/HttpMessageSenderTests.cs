using RetentionFuncs.Embedded.Outbox;
using RetentionFuncs.Messages;
using RetentionFuncs.Tests.Contracts;

namespace RetentionFuncs.Tests.Outbox;

public sealed class HttpMessageSenderTests : HttpProviderContract
{
    protected override IMessageSender New(Uri endpoint, TimeSpan timeout) =>
        new HttpMessageSender(new HttpSenderOptions(endpoint, "key", timeout), TimeProvider.System);
}
