using System.Text.Json.Nodes;
using OrderHub.AfterSales.Contracts;
using OrderHub.Channels.Adapters;
using OrderHub.Orders.Contracts;

namespace OrderHub.UnitTests.Channels.Contract;

/// <summary>Whatever a platform sends, mapping either succeeds or says in words why not; nothing else ever comes out.</summary>
public abstract partial class AdapterContract
{
    private const int Mutations = 2000;

    [Fact]
    public void The_samples_themselves_are_read()
    {
        foreach (var (sample, map) in Mappings()) ReadOrRefuse(sample, map).ShouldBeTrue(sample);
    }

    [Fact]
    public void A_payload_with_damaged_text_is_read_or_refused_in_words()
    {
        var random = new Random(20261111);
        foreach (var (sample, map) in Mappings())
        {
            for (var i = 0; i < Mutations; i++) ReadOrRefuse(PayloadMutation.Damage(sample, random), map);
        }
    }

    [Fact]
    public void A_payload_with_odd_values_is_read_or_refused_in_words()
    {
        var random = new Random(20261112);
        foreach (var (sample, map) in Mappings())
        {
            var read = 0;
            for (var i = 0; i < Mutations; i++)
            {
                var root = JsonNode.Parse(sample)!;
                for (var changes = random.Next(1, 4); changes > 0; changes--) PayloadMutation.Oddify(root, random);
                if (ReadOrRefuse(PayloadMutation.Text(root), map)) read++;
            }
            read.ShouldBeInRange(1, Mutations - 1);
        }
    }

    [Fact]
    public void What_is_no_order_at_all_is_refused()
    {
        string[] nothings = ["", "null", "[]", "7", "{", "{}", "\"text\"", "{\"tid\":{}}"];
        foreach (var (_, map) in Mappings())
        {
            foreach (var nothing in nothings) ReadOrRefuse(nothing, map).ShouldBeFalse(nothing);
        }
    }

    private IEnumerable<(string Sample, Func<string, object> Map)> Mappings()
    {
        var adapter = new FakePlatform(Kind, _ => FakePlatform.Json("{}")).Adapter();
        yield return (OrderSample, json => adapter.MapOrder(1, new("1", 1, json)));
        foreach (var refund in RefundSamples) yield return (refund, json => adapter.MapRefund(1, new("1", 1, json)));
    }

    private static bool ReadOrRefuse(string json, Func<string, object> map)
    {
        try
        {
            var mapped = map(json);
            (mapped is IncomingOrder { PlatformOrderNo.Length: > 0, Lines.Count: > 0 } or IncomingRefund { RefundNo.Length: > 0, PlatformOrderNo.Length: > 0 }).ShouldBeTrue(json);
            return true;
        }
        catch (UnreadablePayloadException e)
        {
            e.Message.ShouldNotBeNullOrWhiteSpace();
            return false;
        }
        catch (Exception e) when (e is not ShouldAssertException)
        {
            throw new ShouldAssertException($"{e.GetType().Name} for {json}", e);
        }
    }
}
