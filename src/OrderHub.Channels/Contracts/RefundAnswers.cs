using OrderHub.Platform.Accounts;
using OrderHub.Platform.Data;
using OrderHub.Platform.Results;

namespace OrderHub.Channels.Contracts;

/// <summary>The shop's answer to a buyer who asked for a refund, told to the platform after the commit. Joins the caller's transaction.</summary>
public interface IRefundAnswers
{
    /// <summary>
    /// Agrees or refuses. The same answer again is Ok and changes nothing, so nothing is told twice. Another answer is refused while the
    /// first is on its way or taken; it is possible again once the platform refused the first, or the buyer asked anew.
    /// </summary>
    /// <param name="reason">Shown to the buyer; needed for a refusal.</param>
    Task<Result> AnswerAsync(HubTransaction tx, long refundId, bool agree, string reason, Actor actor, CancellationToken ct);
}
