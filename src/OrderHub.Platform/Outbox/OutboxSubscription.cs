using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OrderHub.Platform.Data;

namespace OrderHub.Platform.Outbox;

/// <summary>
/// Reacts to events of one type, in batches, inside the transaction that also removes them from the outbox: its database effects happen
/// exactly once. Calls to the outside do not belong here; write down what to call and let a worker do it.
/// </summary>
public interface IConsume<TEvent>
{
    Task ConsumeAsync(HubTransaction tx, IReadOnlyList<TEvent> events, CancellationToken ct);
}

/// <summary>One consumer of one event type.</summary>
/// <param name="DeliverAsync">Hands it the events of some rows, each a JSON array, and says how many they were.</param>
public sealed record OutboxSubscription(
    string Consumer, Type EventType, Func<object, bool> Wants, Func<IServiceProvider, HubTransaction, IReadOnlyList<string>, CancellationToken, Task<int>> DeliverAsync);

public static class OutboxRegistration
{
    /// <param name="name">Stable: it is stored with every row. <c>module.purpose</c>.</param>
    /// <param name="wants">Events it refuses are not written at all.</param>
    public static IServiceCollection AddConsumer<TEvent, TConsumer>(this IServiceCollection services, string name, Func<TEvent, bool>? wants = null)
        where TConsumer : class, IConsume<TEvent> where TEvent : notnull
    {
        services.AddScoped<TConsumer>();
        services.AddSingleton(new OutboxSubscription(name, typeof(TEvent), e => wants?.Invoke((TEvent)e) ?? true,
            async (provider, tx, payloads, ct) =>
            {
                TEvent[] events = [.. payloads.SelectMany(p => JsonSerializer.Deserialize<TEvent[]>(p, OutboxJson.Options)!)];
                await provider.GetRequiredService<TConsumer>().ConsumeAsync(tx, events, ct);
                return events.Length;
            }));
        return services;
    }
}
