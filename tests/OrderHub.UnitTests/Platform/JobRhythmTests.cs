using OrderHub.Platform.Data;
using OrderHub.Platform.Jobs;
using OrderHub.Platform.Texts;

namespace OrderHub.UnitTests.Platform;

public sealed class JobRhythmTests
{
    private static readonly HubLocalizer Texts = new(new ModuleAssemblies());

    [Theory]
    [InlineData("every 00:05:00", "每 5 分钟", "Every 5 min")]
    [InlineData("cron 0 17 3 * * ?", "每天 03:17", "Daily at 03:17")]
    [InlineData("cron 0 0 7 ? * MON", "每周一 07:00", "Every Monday at 07:00")]
    [InlineData("cron 0 30 22 ? * SUN", "每周日 22:30", "Every Sunday at 22:30")]
    [InlineData("cron 0 0 7 1 * ?", "0 0 7 1 * ?", "0 0 7 1 * ?")]
    [InlineData("cron 0 0 7 ? * MON-FRI", "0 0 7 ? * MON-FRI", "0 0 7 ? * MON-FRI")]
    public void A_jobs_rhythm_reads_as_words_in_both_languages_and_what_we_have_no_words_for_as_it_stands(string stored, string chinese, string english)
    {
        HubLocalizer.In("zh-CN", () => JobBoard.Rhythm(Texts, stored)).ShouldBe(chinese);
        HubLocalizer.In("en-US", () => JobBoard.Rhythm(Texts, stored)).ShouldBe(english);
    }
}
