using System.Net;
using OrderHub.Catalog.Contracts;
using OrderHub.Channels.Adapters;
using OrderHub.Sandbox;
using OrderHub.UnitTests.Sandbox;

namespace OrderHub.UnitTests.Channels.Contract;

/// <summary>
/// What every platform adapter promises, checked over real HTTP against the played platform and, for answers that one never gives, against
/// canned ones. A subclass names its platform and supplies what only that protocol knows: one order and its refunds as the platform writes
/// them (<see cref="OrderSample"/>, <see cref="RefundSamples"/>), the signature vectors (<see cref="Signatures"/>), and what its error answers
/// mean (<see cref="Meanings"/>). The virtual members are for platforms that differ by design. Actions are checked by what
/// <c>platforms.json</c> declares, so declaring one is enough to have it tested.
/// </summary>
public abstract partial class AdapterContract
{
    internal abstract ShopKind Kind { get; }

    /// <summary>One paid order as <see cref="IPlatformAdapter.MapOrder"/> gets it, with as many of the protocol's fields as it knows.</summary>
    internal abstract string OrderSample { get; }

    /// <summary>One of each kind of refund paper.</summary>
    internal abstract IReadOnlyList<string> RefundSamples { get; }

    internal abstract IEnumerable<SignatureCase> Signatures();

    internal abstract IReadOnlyList<Meaning> Meanings { get; }

    /// <summary>False where a call carries no signature, only a token.</summary>
    internal virtual bool SignsCalls => true;

    /// <summary>False where a call carries no time of its own.</summary>
    internal virtual bool ChecksTime => true;

    /// <summary>True where a basket of several products becomes as many orders.</summary>
    internal virtual bool OneProductPerOrder => false;

    /// <summary>Two where the platform knows only changes, so that what it shows is read first.</summary>
    internal virtual int CallsToSetStock => 1;

    /// <summary>False where the shop is the platform and knows its buyers' numbers.</summary>
    internal virtual bool HidesReceivers => true;

    /// <summary>False where a memo has no colour.</summary>
    internal virtual bool MemoHasFlag => true;

    /// <summary>False where refusing is only possible on the platform's own pages; then it must say so.</summary>
    internal virtual bool CanRefuseRefunds => true;

    /// <summary>True where a refund of something not yet shipped can't be refused, only overtaken by the parcel.</summary>
    internal virtual bool RefusalNeedsParcel => false;

    /// <summary>How little life a token must have left before the platform renews it.</summary>
    internal virtual TimeSpan RefreshableFrom => TimeSpan.FromDays(1);

    /// <summary>After how long a message taken but not confirmed comes again.</summary>
    internal virtual TimeSpan MessagesComeAgainAfter => TimeSpan.FromMinutes(15);

    private SandboxPlatform Platform => Enum.Parse<SandboxPlatform>(Kind.ToString());

    private PlatformAbilities Abilities => PlatformTable.Of(Kind);

    private Task<ContractWorld> WorldAsync(Func<SandboxOptions, SandboxOptions>? change = null) => ContractWorld.StartAsync(Kind, change);

    private string Publish(ContractWorld world, params string[] skus) => world.Market.PublishOrder(Platform, SandboxSetup.Order(skus));
}

/// <param name="Text">What our code signs.</param>
/// <param name="Sign">What our code makes of it.</param>
internal sealed record SignatureCase(string Id, string Text, string ExpectedText, string Sign, string ExpectedSign);

/// <summary>An answer of the platform and what it must mean to us.</summary>
internal sealed record Meaning(string Json, string Code, bool IsTransient, int? RetryAfterSeconds = null, HttpStatusCode Status = HttpStatusCode.OK);
