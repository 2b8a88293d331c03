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

            # Where text messages are posted to, signed with RETENTION_SMS_SECRET. Without it they go onto lists: 'retention handoff'.
            # sms_gateway: https://sms.your-shop.example/send

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

            # What campaigns can be about ('topic: news' in a campaign). On the preference page a person may refuse one and keep the rest.
            # topics:
            #   news: {en: News and new arrivals, zh-CN: 新品资讯}
            #   care: {en: Care tips, zh-CN: 使用保养}

            # Local hours in which nothing is sent: 'from' included, 'to' excluded. 'quiet_hours: none' switches them off.
            quiet_hours: {from: "20:00", to: "09:00"}

            # How messages leave: 'outbox' writes files that a mail program opens and sends nothing; 'smtp' is your mail server, with its
            # password in the environment variable RETENTION_SMTP_PASSWORD; 'http' is the provider that RETENTION_SEND_URL names.
            # mail: {via: smtp, host: smtp.your-shop.example, port: 587, security: starttls, user: shop}

            # Tags on links to shop_url's host, for the shop's own statistics; a campaign file may have its own utm: block.
            # utm: {source: retention, medium: email}

            # Where the images of messages lie; others are refused by lint.
            # images: {hosts: [cdn.your-shop.example]}

            # Addresses of your own that get a marked copy of each campaign step's first message of a day.
            # seeds: [me@your-shop.example]

            # A sending domain that mailbox providers do not know yet starts small: so many messages on the first day, each day at most
            # 'growth' times as many, for 'days' days; whoever was silent for long waits until it is over. For some domains only: domains: [...].
            # warm_up: {start: 2026-12-01, first_day: 50, growth: 1.5, days: 30}

            # Customers not heard of for 'too_long' are not written to (too_long: never lifts that). Of those silent for 'long', a canary
            # batch of each campaign goes first, and the rest only when at most 3 % of it came back.
            # recency: {long: 365 days, too_long: 730 days, canary: 50}

            # Who is told when something needs a person. Everything is written to alerts.jsonl in this folder and shown by 'retention doctor';
            # with 'mail' it is mailed too, once when it begins and once when it is over.
            # alerts: {mail: ops@your-shop.example, free_disk_mb: 256, unconfirmed: 20%, tick_overdue: 60 minutes}

            # How long things are kept; 'forever' keeps them. Looked through once a week. Orders and written messages stay unless you say
            # otherwise: scores rest on the one, and the other proves what was sent if an older state of the database is put back.
            # keep: {touchpoints: 3 years, ledger: 13 months, evidence: 13 months, refused_files: 30 days, outbox: forever, orders: forever}

            """;
}
