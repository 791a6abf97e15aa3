using OrderHub.Platform.Data;
using OrderHub.Platform.Verification;

namespace OrderHub.Channels.Inbox;

internal sealed class EveryDocumentSettled(HubDatabase database) : IVerifyCheck
{
    public string Name => "渠道：收到的报文都已入库或进了隔离区";

    public Task<VerifyResult> RunAsync(CancellationToken ct) => database.CheckAsync("select count(*) from channels_inbox", """
        select format('店铺 %s 报文 %s（%s）停在状态 %s', shop_id, external_id, id, state) from channels_inbox
         where state not in (2, 3, 4, 5) or settled_at is null or (state = 5) <> (reason is not null)
        """, ct);
}
