using OrderHub.Channels.Adapters;
using OrderHub.Orders.Contracts;

namespace OrderHub.Channels.Douyin;

/// <summary>Masks for people, cipher texts for the label: a label needs all three of them, so together they are the token.</summary>
internal static class DouyinReceiver
{
    public static IncomingReceiver Of(JsonReading order)
    {
        if (order.Find("post_addr") is not { } address) return new("", "", "", "", "", "", "", null);
        string[] cipher = [order.Text("encrypt_post_receiver"), order.Text("encrypt_post_tel"), address.Text("encrypt_detail")];
        return new(order.Text("mask_post_receiver"), order.Text("mask_post_tel"), Name(address, "province"), Name(address, "city"), Name(address, "town"), Name(address, "street"),
            Detail(order, address), cipher.Any(c => c.Length > 0) ? string.Join('|', cipher) : null);
    }

    private static string Name(JsonReading address, string level) => address.Find(level) switch
    {
        { IsObject: true } named => named.Text("name"),
        { } => address.Text(level),
        null => "",
    };

    private static string Detail(JsonReading order, JsonReading address) => order.Find("mask_post_addr") switch
    {
        { IsObject: true } masked => masked.Text("detail"),
        { } => order.Text("mask_post_addr"),
        null => address.Text("detail"),
    };
}
