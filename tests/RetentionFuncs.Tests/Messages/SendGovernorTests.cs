using RetentionFuncs.Messages;
using static RetentionFuncs.Tests.Messages.MessageSamples;

namespace RetentionFuncs.Tests.Messages;

public sealed class SendGovernorTests
{
    private static readonly SendLimits Limits = new(2, 3, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), 3);
    private readonly SendGovernor _governor = new(Limits);
    private DateTimeOffset _now = Now;

    private void Ready() => _governor.Ask(_now).ShouldBe(SendPermit.Ready.Instance);

    private SendPermit.WaitUntil Waits() => _governor.Ask(_now).ShouldBeOfType<SendPermit.WaitUntil>();

    private BreakerChange Tell(SendResult result) => _governor.Tell(result, _now);

    [Fact]
    public void A_burst_is_followed_by_the_steady_rate()
    {
        Ready();
        Ready();
        Ready();
        Waits().At.ShouldBe(Now.AddMilliseconds(500));
        _now = Now.AddMilliseconds(499);
        _ = Waits();
        _now = Now.AddMilliseconds(500);
        Ready();
        _ = Waits();
    }

    [Fact]
    public void The_rate_is_never_passed_however_often_and_unevenly_one_asks()
    {
        var seed = 42u;
        var given = new List<DateTimeOffset>();
        for (var i = 0; i < 20_000; i++)
        {
            seed = (seed * 1664525) + 1013904223;
            _now = _now.AddMilliseconds((seed >> 16) % 200);
            if (_governor.Ask(_now) is SendPermit.Ready)
            {
                given.Add(_now);
            }
        }

        for (var i = 0; i + 20 < given.Count; i++)
        {
            (given[i + 20] - given[i]).TotalSeconds.ShouldBeGreaterThanOrEqualTo((21 - 3) / 2.0);
        }

        given.Count.ShouldBeGreaterThan((int)((_now - Now).TotalSeconds * 2 * 0.98));
    }

    [Fact]
    public void A_clock_set_back_neither_bursts_nor_stops_sending()
    {
        Ready();
        Ready();
        Ready();
        _now = Now.AddHours(-1);
        _ = Waits();
        _now = _now.AddMilliseconds(500);
        Ready();
        _ = Waits();
    }

    [Fact]
    public void A_clock_that_jumps_years_ahead_gives_one_burst_and_no_more()
    {
        Ready();
        _now = Now.AddYears(10);
        Ready();
        Ready();
        Ready();
        _ = Waits();
    }

    [Fact]
    public void Being_told_to_come_back_later_holds_everyone_until_then()
    {
        Tell(new SendResult.ProvenNotSent(Now.AddSeconds(90), "429")).ShouldBe(BreakerChange.None);
        Waits().ShouldBe(new SendPermit.WaitUntil(Now.AddSeconds(90), "429"));
        Tell(new SendResult.ProvenNotSent(Now.AddSeconds(30), "429"));
        Waits().At.ShouldBe(Now.AddSeconds(90));
        _now = Now.AddSeconds(90);
        Ready();
    }

    [Fact]
    public void Catalogue_102_a_systemic_refusal_stops_sending_and_alerts_once()
    {
        Tell(new SendResult.SystemicRefusal("401")).ShouldBe(BreakerChange.Opened);
        Tell(new SendResult.SystemicRefusal("401")).ShouldBe(BreakerChange.None);
        Waits().ShouldBe(new SendPermit.WaitUntil(Now.AddMinutes(5), "401"));
        _governor.StoppedBecause.ShouldBe("401");
    }

    [Fact]
    public void An_answer_under_way_when_sending_stopped_does_not_start_it_again()
    {
        _ = Tell(new SendResult.SystemicRefusal("401"));
        Tell(new SendResult.Accepted("m")).ShouldBe(BreakerChange.None);
        _ = Waits();
    }

    [Fact]
    public void After_the_wait_one_message_tries_and_its_acceptance_opens_the_way()
    {
        _ = Tell(new SendResult.SystemicRefusal("401"));
        _now = Now.AddMinutes(5);
        Ready();
        Waits().At.ShouldBe(Now.AddMinutes(10));
        Tell(new SendResult.Accepted("m")).ShouldBe(BreakerChange.Closed);
        Ready();
        _governor.StoppedBecause.ShouldBeNull();
    }

    [Fact]
    public void Each_failed_try_doubles_the_wait_up_to_a_limit()
    {
        _ = Tell(new SendResult.SystemicRefusal("401"));
        foreach (var minutes in new[] { 5, 10, 15, 15 })
        {
            Waits().At.ShouldBe(_now.AddMinutes(minutes));
            _now = _now.AddMinutes(minutes);
            Ready();
            Tell(new SendResult.SystemicRefusal("403")).ShouldBe(BreakerChange.None);
        }
    }

    [Fact]
    public void A_try_whose_result_never_comes_does_not_stop_sending_for_ever()
    {
        _ = Tell(new SendResult.SystemicRefusal("401"));
        _now = Now.AddMinutes(5);
        Ready();
        _now = Now.AddMinutes(10);
        Ready();
    }

    [Fact]
    public void A_person_may_start_sending_again()
    {
        _ = Tell(new SendResult.SystemicRefusal("401"));
        _governor.Close().ShouldBe(BreakerChange.Closed);
        _governor.Close().ShouldBe(BreakerChange.None);
        Ready();
    }

    [Fact]
    public void Unknown_outcomes_in_a_row_stop_sending_before_they_burn_the_audience()
    {
        Tell(new SendResult.Unknown("503")).ShouldBe(BreakerChange.None);
        Tell(new SendResult.Unknown("503")).ShouldBe(BreakerChange.None);
        Tell(new SendResult.Accepted("m")).ShouldBe(BreakerChange.None);
        Tell(new SendResult.Unknown("503")).ShouldBe(BreakerChange.None);
        Tell(new SendResult.Unknown("503")).ShouldBe(BreakerChange.None);
        Tell(new SendResult.Unknown("503")).ShouldBe(BreakerChange.Opened);
        Waits().Why.ShouldBe("3 outcomes in a row are unknown. 503");
    }

    [Fact]
    public void A_refused_message_says_nothing_about_the_others()
    {
        for (var i = 0; i < 10; i++)
        {
            Tell(new SendResult.Refused("400")).ShouldBe(BreakerChange.None);
        }

        Ready();
    }
}
