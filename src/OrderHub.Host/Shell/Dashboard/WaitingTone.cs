using OrderHub.Orders.Contracts;

namespace OrderHub.Host.Shell.Dashboard;

public enum Urgency { Fine, Soon, Late }

internal static class WaitingTone
{
    /// <summary>
    /// How long an order may wait in a state before people must look (illustrative norms): reviewing and stock within two hours and a day,
    /// picking within 24 hours (the platforms' promise), pick-up within half a day.
    /// </summary>
    public static TimeSpan Norm(OrderState state) => state switch
    {
        OrderState.Review => TimeSpan.FromHours(2),
        OrderState.Paid => TimeSpan.FromMinutes(10),
        OrderState.Packed => TimeSpan.FromHours(12),
        _ => TimeSpan.FromHours(24),
    };

    /// <summary>Amber when a quarter of the time is left, red when it is used up.</summary>
    public static Urgency Of(OrderState state, TimeSpan waited) =>
        waited >= Norm(state) ? Urgency.Late : waited >= Norm(state) * 0.75 ? Urgency.Soon : Urgency.Fine;
}
