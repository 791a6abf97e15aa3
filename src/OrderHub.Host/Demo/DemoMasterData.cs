using OrderHub.Allocation.Contracts;
using OrderHub.Catalog.Contracts;
using OrderHub.Inventory.Contracts;
using OrderHub.Platform.Accounts;

namespace OrderHub.Host.Demo;

/// <summary>Brings goods, shops, network and opening stock in through the modules' own doors. Each start repeats it: nothing doubles, and what people changed stays.</summary>
internal static class DemoMasterData
{
    private static readonly ShopImport[] Shops =
    [
        new("tb-demo", "云杉生活旗舰店（天猫）", ShopKind.Taobao, LockPolicy.OnOrder, 24, 300),
        new("jd-demo", "云杉生活京东旗舰店", ShopKind.Jd, LockPolicy.OnPayment, 24, 500),
        new("pdd-demo", "云杉生活拼多多店", ShopKind.Pinduoduo, LockPolicy.OnPayment, 24, 60),
        new("dy-demo", "云杉生活抖音小店", ShopKind.Douyin, LockPolicy.OnOrder, 24, 500),
        new("ks-demo", "云杉生活快手小店", ShopKind.Kuaishou, LockPolicy.OnOrder, 24, 500),
        new("mini-demo", "云杉生活小程序商城", ShopKind.Mall, LockPolicy.OnOrder, 2, 60),
        new("wx-demo", "云杉生活微信小店", ShopKind.WeChat, LockPolicy.OnOrder, 24, 100),
    ];

    /// <returns>Warehouse ids by code.</returns>
    public static async Task<IReadOnlyDictionary<string, int>> SeedAsync(IServiceProvider services, DemoGoods goods, CancellationToken ct)
    {
        var catalogImport = services.GetRequiredService<ICatalogImport>();
        var known = await services.GetRequiredService<ICatalog>().CurrentAsync(ct);
        await catalogImport.UpsertShopsAsync([.. Shops.Where(s => known.ShopByCode(s.Code) is null)], Actor.System, ct);
        await catalogImport.UpsertSkusAsync([.. goods.Skus.Select(s => s.Import())], Actor.System, ct);
        await services.GetRequiredService<INetworkSetup>().SeedAsync(DemoNetwork.Import(), Actor.System, ct);
        var network = await services.GetRequiredService<IFulfilmentNetwork>().CurrentAsync(ct);
        var warehouses = network.Warehouses.ToDictionary(w => w.Code, w => w.Id);
        await ReceiveOpeningStockAsync(services, goods, network.Warehouses, ct);
        return warehouses;
    }

    private static async Task ReceiveOpeningStockAsync(IServiceProvider services, DemoGoods goods, IReadOnlyList<Warehouse> warehouses, CancellationToken ct)
    {
        var catalog = await services.GetRequiredService<ICatalog>().CurrentAsync(ct);
        var stored = goods.Skus.Where(s => s.Parts is null).Select(s => (Goods: s, catalog.SkuByCode(s.Code)!.Id)).ToList(); // kits are stocked as their parts
        var receipts = services.GetRequiredService<IStockReceipts>();
        var received = false;
        foreach (var warehouse in warehouses)
            received |= await receipts.ReceiveAsync($"OPENING-{goods.Name}-{warehouse.Code}",
                [.. stored.Select(s => new ReceiptLine(s.Id, warehouse.Id, Pieces(goods, s.Goods.Code, warehouse.Code)))], Actor.System, ct);
        if (received) await receipts.SetPublishRulesAsync([.. stored.Select(s => new PublishRule(s.Id, SafetyStock: 5, ZeroAtOrBelow: 3 + DemoGoods.Spread(s.Goods.Code, 5)))], Actor.System, ct);
    }

    /// <summary>Every fortieth SKU of the own range is nearly sold out, so that shortages and zero stock can be seen.</summary>
    private static int Pieces(DemoGoods goods, string sku, string warehouse) =>
        goods.Name == "RANGE" && DemoGoods.Spread(sku, 40) == 0 ? 1 + DemoGoods.Spread(sku + warehouse, 3) : goods.PiecesPerWarehouse / 2 + DemoGoods.Spread(sku + warehouse, goods.PiecesPerWarehouse);
}
