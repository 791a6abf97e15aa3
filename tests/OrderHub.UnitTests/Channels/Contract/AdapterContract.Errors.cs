using System.Diagnostics;
using System.Net;
using OrderHub.Channels.Adapters;
using OrderHub.UnitTests.Sandbox;

namespace OrderHub.UnitTests.Channels.Contract;

public abstract partial class AdapterContract
{
    [Fact]
    public void Calls_are_signed_as_the_platform_published()
    {
        var cases = Signatures().ToArray();
        cases.Length.ShouldBeGreaterThan(SignsCalls ? 0 : -1);
        foreach (var vector in cases)
        {
            vector.Text.ShouldBe(vector.ExpectedText, vector.Id);
            vector.Sign.ShouldBe(vector.ExpectedSign, vector.Id);
        }
    }

    [Fact]
    public async Task A_wrong_secret_is_refused_and_not_tried_again()
    {
        await using var world = await WorldAsync();
        var stranger = world.Shop with { AppSecret = "another-secret", AccessToken = SignsCalls ? world.Shop.AccessToken : "another-token" };
        (await RefusedAsync(() => StockAsync(world, stranger))).IsTransient.ShouldBeFalse();
    }

    [Theory, InlineData(2, false), InlineData(-2, false), InlineData(60, true), InlineData(-60, true)]
    public async Task A_clock_a_little_off_is_borne_and_one_far_off_is_said(int minutes, bool refused)
    {
        await using var world = await WorldAsync();
        world.HubClock.Ahead += TimeSpan.FromMinutes(minutes);
        if (refused && ChecksTime) (await RefusedAsync(() => StockAsync(world, world.Shop))).IsTransient.ShouldBeFalse();
        else await StockAsync(world, world.Shop);
    }

    [Fact]
    public async Task A_throttled_call_is_worth_another_try_a_little_later()
    {
        await using var world = await WorldAsync(options => options with { CallsPerSecond = CallsToSetStock });
        var began = Stopwatch.GetTimestamp();
        try
        {
            for (var i = 0; i < 6; i++) await StockAsync(world, world.Shop);
            Stopwatch.GetElapsedTime(began).ShouldBeGreaterThan(TimeSpan.FromSeconds(1), "the platform asked for a short wait, and the calls kept to it");
        }
        catch (PlatformException throttled)
        {
            throttled.IsTransient.ShouldBeTrue(throttled.Message);
            world.Pass(throttled.RetryAfter ?? TimeSpan.FromSeconds(2));
            await StockAsync(world, world.Shop);
        }
    }

    [Fact]
    public async Task An_ended_token_is_said_and_never_retried()
    {
        await using var world = await WorldAsync();
        if (world.Shop.AccessToken.Length == 0) return;
        world.Market.ExpireToken(Platform);
        var refused = await RefusedAsync(() => StockAsync(world, world.Shop));
        refused.IsTransient.ShouldBeFalse(refused.Message);
        Abilities.IsAboutToken(refused).ShouldBeTrue($"{refused.Code} is none of the platform's token codes");
    }

    [Fact]
    public async Task The_platforms_own_codes_say_whether_to_try_again()
    {
        Meanings.ShouldContain(m => m.IsTransient);
        Meanings.ShouldContain(m => !m.IsTransient);
        foreach (var meaning in Meanings)
        {
            var error = await AnsweredAsync(() => FakePlatform.Json(meaning.Json, meaning.Status));
            (error.Code, error.IsTransient, error.RetryAfter?.TotalSeconds).ShouldBe((meaning.Code, meaning.IsTransient, (double?)meaning.RetryAfterSeconds), meaning.Json);
        }
    }

    [Fact]
    public async Task Trouble_on_the_line_is_worth_another_try()
    {
        var limited = FakePlatform.Json("{}", HttpStatusCode.TooManyRequests);
        limited.Headers.RetryAfter = new(TimeSpan.FromSeconds(7));
        var waits = await AnsweredAsync(() => limited);
        (waits.Code, waits.IsTransient, waits.RetryAfter).ShouldBe(("http.429", true, TimeSpan.FromSeconds(7)));

        Func<HttpResponseMessage>[] troubles =
        [
            () => FakePlatform.Json("<html>502</html>", HttpStatusCode.BadGateway), () => FakePlatform.Json("{\"half\":", HttpStatusCode.OK), () => FakePlatform.Json("[]", HttpStatusCode.OK),
            () => throw new HttpRequestException("refused"), () => throw new TaskCanceledException("time-out", new TimeoutException()),
        ];
        foreach (var trouble in troubles) (await AnsweredAsync(trouble)).IsTransient.ShouldBeTrue();
    }

    [Fact]
    public async Task A_wrong_address_is_not_tried_again() =>
        (await AnsweredAsync(() => FakePlatform.Json("<html>not here</html>", HttpStatusCode.NotFound))).IsTransient.ShouldBeFalse();

    [Fact]
    public async Task A_caller_that_stops_waiting_is_no_trouble_of_the_platform()
    {
        using var stop = new CancellationTokenSource();
        var platform = new FakePlatform(Kind, _ =>
        {
            stop.Cancel();
            throw new TaskCanceledException();
        });
        await Should.ThrowAsync<OperationCanceledException>(() => platform.Adapter().SetStockAsync(platform.Shop, new("1", "2", "A"), 3, stop.Token));
    }

    [Fact]
    public async Task A_courier_the_platform_has_no_name_for_is_refused_before_any_call()
    {
        if (Abilities.Couriers is null) return;
        var platform = new FakePlatform(Kind, _ => FakePlatform.Json("{}"));
        await RefusedAsync(() => platform.Adapter().ConfirmShipmentAsync(platform.Shop, new("1", "NOBODY", "N1", []), CancellationToken.None));
        platform.Calls.ShouldBeEmpty();
    }

    private static Task StockAsync(ContractWorld world, ShopConnection shop) => world.Adapter.SetStockAsync(shop, world.ListingOf("SKU-A"), 7, CancellationToken.None);

    private static Task<PlatformException> RefusedAsync(Func<Task> call) => Should.ThrowAsync<PlatformException>(call);

    private Task<PlatformException> AnsweredAsync(Func<HttpResponseMessage> answer)
    {
        var platform = new FakePlatform(Kind, _ => answer());
        return RefusedAsync(() => platform.Adapter().SetStockAsync(platform.Shop, new("1", "2", "A"), 3, CancellationToken.None));
    }
}
