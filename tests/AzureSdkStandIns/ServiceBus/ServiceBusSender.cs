using AzureSdkStandIns.ServiceBus;

namespace Azure.Messaging.ServiceBus;

public class ServiceBusSender
{
    private readonly BrokerLink _link;

    internal ServiceBusSender(BrokerLink link) => _link = link;

    public virtual Task SendMessageAsync(ServiceBusMessage message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        return _link.CallAsync(broker => broker.Send(_link.Path, message), cancellationToken);
    }
}
