using System.Globalization;

namespace RetentionFuncs.Web.PublicPages;

internal sealed class EnglishPageTexts : PageTexts
{
    public static readonly EnglishPageTexts Instance = new();

    public override string Tag => "en";

    public override Page AskToUnsubscribe(string shop) =>
        new(
            "Unsubscribe",
            P($"Press the button, and {shop} sends no more offers or news to the address our e-mail went to.")
                + Form("<input type=\"hidden\" name=\"unsubscribe\" value=\"yes\">\n", "Unsubscribe")
                + Note("Messages about orders you place are not affected.")
        );

    public override Page Unsubscribed(string shop) =>
        new(
            "You are unsubscribed",
            P(
                $"From now on {shop} sends no offers or news to the address this link was made for. One message already on its way may still arrive."
            )
                + Note(
                    "Still getting mail? The link may have been damaged on the way here. Answer any of our e-mails with “unsubscribe”, and a person will see to it."
                )
        );

    public override Page Preferences(string shop, PreferenceView? view) =>
        new(
            $"What {shop} may send you",
            (view is null ? "" : P(Now(view)))
                + (Refused(view, "en", ", ") is { } refused ? P($"You do not want to hear about: {refused}.") : "")
                + Form(
                    Choices("mail", "E-mail from us", [.. Mail(view)])
                        + Boxes("stop", "Nothing more about", Open(view, "en"))
                        + Choices(
                            "language",
                            "Language of our e-mails",
                            ("keep", "Leave it as it is"),
                            ("en", "English"),
                            ("zh-CN", "简体中文")
                        ),
                    "Save"
                )
                + Note(
                    view is { MayComeBack: true }
                        ? "If you want to receive everything again, we send you an e-mail first, in which you confirm it."
                        : "To receive more again later, say so with your next order, or answer one of our e-mails."
                )
        );

    private static IEnumerable<(string Value, string Label)> Mail(PreferenceView? view) =>
        [
            ("keep", "Leave it as it is"),
            .. view is { MayComeBack: true } ? [("again", "Everything again, please")] : ((string, string)[])[],
            ("care", "No offers, only news and care, such as a reminder that a service is due"),
            ("pause", $"A break: nothing for {PublicPageRoutes.PauseDays} days"),
            ("none", "Nothing at all (unsubscribe)"),
        ];

    public override Page AskToConfirm(string shop) =>
        new(
            "Confirm your subscription",
            P($"Press the button, and {shop} sends offers and news to the address this e-mail went to. You can unsubscribe at any time.")
                + Form("<input type=\"hidden\" name=\"confirm\" value=\"yes\">\n", "Yes, I want to receive them")
                + Note("You did not ask for this? Then close this page; nothing happens without the button.")
        );

    public override Page Confirmed(string shop) =>
        new(
            "Thank you",
            P($"{shop} has noted your wish.")
                + Note(
                    "Nothing arrives in the coming weeks? The link may have been damaged, or too old: it holds for 30 days. Please ask again, or answer any of our e-mails."
                )
        );

    public override Page ComingBack(string shop) =>
        new(
            "One more step",
            P($"{shop} will send an e-mail in which you confirm that you want to hear from us again. Until then nothing changes.")
                + Note("We ask at most once a day. No e-mail has come by tomorrow? Answer any of our e-mails, and a person will see to it.")
        );

    public override Page Saved(string shop) =>
        new(
            "Saved",
            P($"{shop} keeps to your choice from now on. One message already on its way may still arrive.")
                + Note(
                    "Nothing has changed? The link may have been damaged on the way here. Answer any of our e-mails, and a person will see to it."
                )
        );

    public override Page TooMuch() =>
        new("That was too much", P("This page expects one press of its button. Please open the link again and press it."));

    public override Page ComeBack() =>
        new(
            "Not done yet",
            P("Something on our side is not working at the moment. Nothing was changed. Please try again in a few minutes.")
        );

    private static string Now(PreferenceView view) =>
        view.Choice switch
        {
            MailChoice.CareOnly => "At present you receive news and care from us, but no offers.",
            MailChoice.Paused when view.PausedUntil is { } day =>
                $"At present you are having a break until {day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}.",
            MailChoice.Paused => "At present you are having a break.",
            MailChoice.Nothing => "At present you receive nothing from us but messages about your orders.",
            _ => "At present you receive our offers, news and care.",
        };
}
