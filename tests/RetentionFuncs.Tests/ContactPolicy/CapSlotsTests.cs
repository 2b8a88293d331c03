using RetentionFuncs.ContactPolicy;

namespace RetentionFuncs.Tests.ContactPolicy;

public sealed class CapSlotsTests
{
    private static readonly DateTimeOffset Noon = DateTimeOffset.Parse("2026-03-02T12:00:00Z", null);
    private static readonly FrequencyCap TwoAWeek = new(2, 7);

    [Fact]
    public void A_slot_is_free_again_exactly_when_its_window_ends()
    {
        var slots = CapSlots.None.Take("a", "1", Noon, TwoAWeek).Take("b", "1", Noon.AddHours(1), TwoAWeek);
        slots.FreeAt(Noon.AddDays(7).AddTicks(-1), TwoAWeek, "c").ShouldBe(Noon.AddDays(7));
        slots.FreeAt(Noon.AddDays(7), TwoAWeek, "c").ShouldBe(Noon.AddDays(7));
    }

    [Fact]
    public void A_touch_does_not_stand_in_its_own_way()
    {
        var slots = CapSlots.None.Take("a", "1", Noon, TwoAWeek).Take("b", "1", Noon, TwoAWeek);
        slots.FreeAt(Noon, TwoAWeek, "a").ShouldBe(Noon);
        slots.Take("a", "2", Noon, TwoAWeek).Taken.Count.ShouldBe(2);
    }

    [Fact]
    public void A_late_answer_of_an_earlier_attempt_does_not_free_what_a_later_one_took()
    {
        var slots = CapSlots.None.Take("a", "1", Noon, TwoAWeek).Take("a", "2", Noon.AddMinutes(5), TwoAWeek);
        slots.Free("a", "1").Taken.Count.ShouldBe(1);
        slots.Free("a", "2").Taken.Count.ShouldBe(0);
    }

    [Fact]
    public void The_text_form_reads_back()
    {
        var slots = CapSlots.None.Take("a", "1", Noon, TwoAWeek).Take("b", CapSlot.Control, Noon.AddTicks(1), TwoAWeek);
        CapSlots.Parse(slots.ToString()).Taken.ShouldBe(slots.Taken);
        CapSlots.Parse(null).Taken.ShouldBeEmpty();
    }

    [Fact]
    public void Whatever_the_times_no_window_ever_holds_more_than_the_cap()
    {
        var random = new Random(11);
        for (var round = 0; round < 500; round++)
        {
            var cap = new FrequencyCap(random.Next(1, 4), random.Next(1, 10));
            var (slots, now, sent) = (CapSlots.None, Noon, new List<DateTimeOffset>());
            for (var i = 0; i < 60; i++)
            {
                now += TimeSpan.FromMinutes(random.Next(1, 4000));
                if (slots.FreeAt(now, cap, "t" + i) <= now)
                {
                    slots = slots.Take("t" + i, "1", now, cap);
                    sent.Add(now);
                }
            }

            sent.ShouldAllBe(at => sent.Count(s => s > at - TimeSpan.FromDays(cap.Days) && s <= at) <= cap.Messages);
        }
    }
}
