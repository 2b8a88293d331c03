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

            # When a customer counts as cooling, lapsing, lapsed, lost: when the chance that they order again has fallen to so many percent of
            # what it was right after their last order. The chance comes from a model fitted weekly to this shop's own orders, so a weekly
            # buyer is missed after weeks and a yearly one after years; until there are orders enough, each customer's own rhythm counts.
            # Or the same days for everyone (long cycles such as furniture need their own numbers), or multiples of their usual gap:
            #   lapse: {rule: fixed-days, cooling: 60, lapsing: 120, lapsed: 365, lost: 730}
            #   lapse: {rule: own-rhythm, cooling: 2, lapsing: 3, lapsed: 6, lost: 12}
            lapse: {rule: chance-of-return, cooling: 75, lapsing: 50, lapsed: 25, lost: 10}

            # What customers are worth: profit of the past year plus what is expected of the next. Customers are counted from the best down:
            # those who together bring the first 50 % are key, up to 80 % major, and so on. Where costs are not known, 'margin' stands for
            # the profit in net spend; without it the rate of the customers whose costs are known, else net spend itself.
            # value:
            #   margin: 40%
            #   shares: {key: 50%, major: 80%, standard: 95%, maintenance: 99%}
            #   horizon: 365 days
            #   yearly_discount: 10%

            # At most so many messages per customer and per address within so many days; service messages are not counted.
            cap: {messages: 2, days: 7}

            # Local hours in which nothing is sent: 'from' included, 'to' excluded. 'quiet_hours: none' switches them off.
            quiet_hours: {from: "20:00", to: "09:00"}

            """;
}
