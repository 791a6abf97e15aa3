using System.Text;
using OrderHub.Channels.DualRun;
using OrderHub.Platform.Results;
using OrderHub.PostgresTests.Infrastructure;

namespace OrderHub.PostgresTests.Channels.Imports;

public sealed class DualRunTests(TestHub hub) : IClassFixture<TestHub>
{
    private static readonly DateOnly Day = new(2026, 1, 2);

    [Fact]
    public async Task A_days_results_of_another_system_are_laid_beside_ours_kind_by_kind()
    {
        await hub.ReceiveAsync(TestHub.Shirt, hub.Suzhou, 100);
        await hub.CheckAndImportAsync(Upload.File(Upload.Row("DR1"), Upload.Row("DR2"), Upload.Row("DR3"), Upload.Row("DR4", status: "等待买家付款", paidAt: "")));
        var file = Encoding.UTF8.GetBytes("订单号,仓库,状态,金额\nDR1,苏州仓,待打单,99.00\nDR2,广州仓,已发货,98.00\nDR9,苏州仓,待打单,1.00\nDR4,苏州仓,待付款,99\n");

        var id = await CompareAsync(file);

        var comparison = (await hub.InScopeAsync<ReadComparisonsHandler, ComparisonRow?>(r => r.FindAsync(id, default)))!;
        (comparison.Theirs, comparison.Ours, comparison.Same).ShouldBe((4, 4, 2));
        comparison.Counts.ShouldBe(new Dictionary<DifferenceKind, int>
        {
            [DifferenceKind.MissingHere] = 1, [DifferenceKind.MissingThere] = 1, [DifferenceKind.Warehouse] = 1, [DifferenceKind.Status] = 1, [DifferenceKind.Amount] = 1,
        }, ignoreOrder: true);
        var warehouse = (await hub.InScopeAsync<ReadComparisonsHandler, IReadOnlyList<DifferenceRow>>(r => r.DifferencesAsync(id, DifferenceKind.Warehouse, 10, default))).ShouldHaveSingleItem();
        (warehouse.OrderNo, warehouse.Theirs, warehouse.Ours).ShouldBe(("DR2", "广州仓", "苏州仓"));
        warehouse.OrderId.ShouldNotBeNull();
    }

    [Fact]
    public async Task The_same_columns_are_understood_at_once_the_next_time()
    {
        var file = Encoding.UTF8.GetBytes("单据,仓库,金额\nZ1,苏州仓,1\n");
        var opened = (await hub.InScopeAsync<CompareResultsHandler, Result<OpenedResults>>(c => c.OpenAsync("mini-test", file, default))).Value;
        opened.Mapping.Fields[0].ShouldBeNull();
        (await hub.InScopeAsync<CompareResultsHandler, Result<long>>(c => c.HandleAsync(new("mini-test", Day, "a.csv", file, opened.Mapping), default))).Error!.Code.ShouldBe("channels.import_field_missing");

        var mine = opened.Mapping with { Fields = [OrderHub.Channels.Imports.Columns.ImportField.OrderNo, .. opened.Mapping.Fields.Skip(1)] };
        (await hub.InScopeAsync<CompareResultsHandler, Result<long>>(c => c.HandleAsync(new("mini-test", Day, "a.csv", file, mine), default))).Error.ShouldBeNull();
        (await hub.InScopeAsync<CompareResultsHandler, Result<OpenedResults>>(c => c.OpenAsync("mini-test", file, default))).Value.Mapping.Fields.ShouldBe(mine.Fields);
    }

    private async Task<long> CompareAsync(byte[] file)
    {
        var opened = (await hub.InScopeAsync<CompareResultsHandler, Result<OpenedResults>>(c => c.OpenAsync("tb-test", file, default))).Value;
        return (await hub.InScopeAsync<CompareResultsHandler, Result<long>>(c => c.HandleAsync(new("tb-test", Day, "erp.csv", file, opened.Mapping), default))).Value;
    }
}
