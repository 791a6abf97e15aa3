using OrderHub.Allocation.Contracts;
using OrderHub.Orders.Contracts;

namespace OrderHub.Orders.Acceptance;

/// <summary>
/// Brings a receiver's divisions into their official names and reads what the fields leave out from the start of the address. What could not
/// be recognised stays as it was written; what came in stays in the inbox payload.
/// </summary>
internal static class OfficialAddress
{
    /// <summary>Words of the statistics office that name no place; a municipality's or a county's own name takes their place.</summary>
    private static readonly string[] Placeholders = ["市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"];

    public static IncomingReceiver Of(IncomingReceiver receiver)
    {
        var found = AddressBook.Recognise(receiver.Province, receiver.City, receiver.District, receiver.Town, receiver.Address);
        if (found.Known == AddressLevel.None || !SaysAll(receiver, found)) return receiver;
        return receiver with { Province = found.ProvinceName, City = found.City, District = found.District, Town = found.Town, Address = found.Detail };
    }

    /// <summary>A field that says what none of the official names says (上海, 闵行区 as its city) is better left where it was written.</summary>
    private static bool SaysAll(IncomingReceiver receiver, RecognisedAddress found)
    {
        var said = string.Concat(found.ProvinceName, found.City, found.District, found.Town, found.Detail);
        return (found.Detail.Length > 0 || receiver.Address.Trim().Length == 0)
            && new[] { receiver.Province, receiver.City, receiver.District, receiver.Town }.All(field => Says(said, field.Trim()));
    }

    private static bool Says(string said, string field) =>
        Placeholders.Contains(field) || said.Contains(field, StringComparison.Ordinal) || field.Length > 2 && said.Contains(field[..^1], StringComparison.Ordinal);

    /// <returns>Null for an ordinary address.</returns>
    public static AddressTag? TagOf(string province, string city, FulfilmentNetwork network) =>
        AddressBook.Recognise(province, "", "", "", "").IsOverseas ? AddressTag.Overseas : network.IsRemote(province, city) ? AddressTag.Remote : null;
}

/// <summary>Couriers ask more and take longer there, or go there only through customs.</summary>
internal enum AddressTag { Remote = 1, Overseas = 2 }

internal static class AddressTags
{
    /// <summary>For people; a localizer key.</summary>
    public static string Chinese(this AddressTag tag) => tag == AddressTag.Overseas ? "港澳台" : "偏远地区";

    /// <summary>For programs.</summary>
    public static string Code(this AddressTag tag) => tag == AddressTag.Overseas ? "overseas" : "remote";
}
