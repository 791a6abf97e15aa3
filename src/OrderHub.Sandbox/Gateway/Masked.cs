namespace OrderHub.Sandbox.Gateway;

/// <summary>Personal data as a platform shows it to a seller's software.</summary>
internal static class Masked
{
    public static string Name(string name) => name.Length == 0 ? "" : name[..1] + "**";

    public static string Mobile(string mobile) => mobile.Length < 8 ? "****" : mobile[..3] + "****" + mobile[^4..];

    public static string Address(string address) => address.Length == 0 ? "" : address[..1] + "***";
}
