using RetentionFuncs.YamlFiles;

namespace RetentionFuncs.Settings;

/// <summary>The text of a new <c>retention.yaml</c>.</summary>
internal static class DefaultSettings
{
    public static string Text(string name, string zone, string currency) =>
        $$"""
            # Settings of one business. Run 'retention doctor' after a change.
            schema: 1

            # The shop's name as customers know it; it stands in every message.
            name: {{YamlQuoting.Inline(name)}}

            # A day is a calendar day in this zone (IANA name).
            zone: {{YamlQuoting.Inline(zone)}}

            # For files that name no currency, and for amounts in audiences (ISO 4217).
            currency: {{YamlQuoting.Inline(currency)}}

            # The language for contacts whose own is not known, e.g. en or zh-CN.
            locale: {{(currency is "CNY" ? "zh-CN" : "en")}}

            # Where customers reach unsubscribe and preference pages. Use https and your own domain before you send.
            public_url: http://localhost:5080

            # The shop on the web, for links in messages. Leave it out when there is none.
            # shop_url: https://www.your-shop.example

            # After how many days without an order a customer is cooling, lapsing, lapsed, lost. 'Lapsed' after a year is the trade's
            # plain definition; long cycles such as furniture need their own numbers. To measure each customer by their own rhythm instead:
            #   lapse: {rule: own-rhythm, cooling: 2, lapsing: 3, lapsed: 6, lost: 12}    # multiples of their usual gap
            lapse: {rule: fixed-days, cooling: 60, lapsing: 120, lapsed: 365, lost: 730}

            # At most so many messages per customer and per address within so many days; service messages are not counted.
            cap: {messages: 2, days: 7}

            # Local hours in which nothing is sent: 'from' included, 'to' excluded. 'quiet_hours: none' switches them off.
            quiet_hours: {from: "20:00", to: "09:00"}

            """;
}
