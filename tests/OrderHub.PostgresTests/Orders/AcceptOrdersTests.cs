using OrderHub.Inventory.Contracts;
using OrderHub.Orders.Contracts;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Data;
using OrderHub.PostgresTests.Infrastructure;

namespace OrderHub.PostgresTests.Orders;

public sealed class AcceptOrdersTests(TestHub hub) : IClassFixture<TestHub>
{
    [Fact]
    public async Task A_paid_order_is_allocated_to_the_warehouse_of_its_region_and_holds_its_stock()
    {
        await hub.ReceiveAsync(TestHub.Shirt, hub.Suzhou, 10);
        await hub.ReceiveAsync(TestHub.Shirt, hub.Guangzhou, 10);

        var north = await hub.AcceptOneAsync(hub.Order(province: "浙江省", lines: (TestHub.Shirt, 2)));
        var south = await hub.AcceptOneAsync(hub.Order(province: "广东省", lines: (TestHub.Shirt, 1)));

        (north.Outcome, north.State).ShouldBe((IntakeOutcome.Accepted, OrderState.Allocated));
        (await hub.HeldByAsync(north.OrderId)).ShouldBe([new Reservation(north.OrderId, hub.Sku(TestHub.Shirt).Id, hub.Suzhou, 2)]);
        (await hub.ViewAsync(south.OrderId)).WarehouseId.ShouldBe(hub.Guangzhou);
        (await hub.BreachesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_order_pulled_twice_locks_its_stock_once()
    {
        await hub.ReceiveAsync(TestHub.Shirt, hub.Suzhou, 5);
        var before = (await hub.StockAsync(TestHub.Shirt, hub.Suzhou)).Reserved;
        var order = hub.Order();

        var first = await hub.AcceptOneAsync(order);
        var second = await hub.AcceptOneAsync(order);

        (second.Outcome, second.OrderNo, second.State).ShouldBe((IntakeOutcome.Unchanged, first.OrderNo, OrderState.Allocated));
        (await hub.StockAsync(TestHub.Shirt, hub.Suzhou)).Reserved.ShouldBe(before + 1);
    }

    [Fact]
    public async Task An_older_version_that_comes_late_is_stale_and_changes_nothing()
    {
        await hub.ReceiveAsync(TestHub.Shirt, hub.Suzhou, 5);
        var order = hub.Order() with { Version = 7, SellerNote = "新备注" };
        var accepted = await hub.AcceptOneAsync(order);

        var late = await hub.AcceptOneAsync(order with { Version = 6, SellerNote = "旧备注", Status = PlatformStatus.Unpaid });

        (late.Outcome, late.State).ShouldBe((IntakeOutcome.Stale, OrderState.Allocated));
        (await hub.ViewAsync(accepted.OrderId)).SellerNote.ShouldBe("新备注");
    }

    [Fact]
    public async Task The_newest_of_two_versions_in_one_batch_wins()
    {
        await hub.ReceiveAsync(TestHub.Shirt, hub.Suzhou, 5);
        var unpaid = hub.Order(status: PlatformStatus.Unpaid);
        var paid = unpaid with { Version = 2, Status = PlatformStatus.Paid, PaidAt = unpaid.CreatedAt.AddMinutes(1) };

        var answers = await hub.AcceptAsync(paid, unpaid);

        answers.Select(a => a.Outcome).ShouldBe([IntakeOutcome.Accepted, IntakeOutcome.Stale]);
        answers[1].OrderNo.ShouldBe(answers[0].OrderNo);
    }

    [Fact]
    public async Task The_last_pieces_of_a_plenty_are_sold_once_each_however_many_buyers_saw_it()
    {
        const int rounds = 5, losers = 10;
        for (var round = 0; round < rounds; round++)
        {
            await hub.ReceiveAsync(TestHub.Sock, hub.Suzhou, 14); // two more than count as plenty for one
            var free = (await hub.StockAsync(TestHub.Sock, hub.Suzhou)).Available + (await hub.StockAsync(TestHub.Sock, hub.Guangzhou)).Available;

            var answers = await Task.WhenAll(Enumerable.Range(0, free + losers).Select(_ => hub.AcceptOneAsync(hub.Order(lines: (TestHub.Sock, 1)))));

            (answers.Count(a => a.State == OrderState.Allocated), answers.Count(a => a.State == OrderState.Shortage)).ShouldBe((free, losers));
        }
        (await hub.BreachesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_same_order_pushed_and_pulled_at_once_becomes_one_order()
    {
        await hub.ReceiveAsync(TestHub.Shirt, hub.Suzhou, 200);
        for (var round = 0; round < 20; round++)
        {
            var order = hub.Order();
            var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => hub.AcceptOneAsync(order))));
            answers.Select(a => a.OrderNo).Distinct().Count().ShouldBe(1);
            answers.Count(a => a.Outcome == IntakeOutcome.Accepted).ShouldBe(1);
        }
        (await hub.BreachesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_kit_and_its_own_part_in_one_order_are_counted_together()
    {
        await hub.SplitFromAsync(null);
        await hub.ReceiveAsync(TestHub.Sock, hub.Guangzhou, 4);
        var socks = Math.Max((await hub.StockAsync(TestHub.Sock, hub.Guangzhou)).Available, (await hub.StockAsync(TestHub.Sock, hub.Suzhou)).Available);
        await hub.ReceiveAsync(TestHub.Shirt, hub.Guangzhou, socks);
        await hub.ReceiveAsync(TestHub.Shirt, hub.Suzhou, socks);

        var order = await hub.AcceptOneAsync(hub.Order(province: "广东省", lines: [(TestHub.Set, socks / 2), (TestHub.Sock, socks % 2 + 1)]));

        order.State.ShouldBe(OrderState.Shortage, "the sets alone would fit, the pair alone would fit, but both share the socks");
        (await hub.HeldByAsync(order.OrderId)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Stock_is_locked_on_order_and_kept_through_payment()
    {
        await hub.ReceiveAsync(TestHub.Cap, hub.Guangzhou, 3);
        var unpaid = hub.Order(hub.LockOnOrder, PlatformStatus.Unpaid, lines: (TestHub.Cap, 3));
        var placed = await hub.AcceptOneAsync(unpaid);
        placed.State.ShouldBe(OrderState.PendingPayment);
        (await hub.StockAsync(TestHub.Cap, hub.Guangzhou)).Available.ShouldBe(0);

        var rival = await hub.AcceptOneAsync(hub.Order(lines: (TestHub.Cap, 1)));
        rival.State.ShouldBe(OrderState.Shortage, "the unpaid order holds the last caps");

        var paid = await hub.AcceptOneAsync(unpaid with { Version = 2, Status = PlatformStatus.Paid, PaidAt = unpaid.CreatedAt.AddMinutes(3) });
        paid.State.ShouldBe(OrderState.Allocated);
        (await hub.HeldByAsync(paid.OrderId)).Sum(r => r.Quantity).ShouldBe(3);

        var closed = await hub.AcceptOneAsync(unpaid with { Version = 3, Status = PlatformStatus.ClosedAfterPayment });
        closed.State.ShouldBe(OrderState.Cancelled);
        (await hub.StockAsync(TestHub.Cap, hub.Guangzhou)).Available.ShouldBe(3);
        (await hub.BreachesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_unpaid_order_that_the_platform_closes_is_cancelled_and_gives_its_stock_back()
    {
        await hub.ReceiveAsync(TestHub.Sock, hub.Suzhou, 7);
        var before = (await hub.StockAsync(TestHub.Sock, hub.Suzhou)).Available;
        var unpaid = hub.Order(hub.LockOnOrder, PlatformStatus.Unpaid, lines: (TestHub.Sock, 2));
        await hub.AcceptOneAsync(unpaid);

        var closed = await hub.AcceptOneAsync(unpaid with { Version = 2, Status = PlatformStatus.ClosedUnpaid });

        closed.State.ShouldBe(OrderState.Cancelled);
        (await hub.StockAsync(TestHub.Sock, hub.Suzhou)).Available.ShouldBe(before);
    }

    [Theory]
    [InlineData("sku", "有商品没有对应 SKU")]
    [InlineData("amount", "金额加起来不等于应付")]
    [InlineData("province", "收货省份无法识别")]
    [InlineData("negative", "金额不合理")]
    [InlineData("quantity", "商品数量不合理")]
    [InlineData("lines", "没有商品行")]
    public async Task An_order_that_looks_wrong_is_kept_and_waits_for_a_person(string wrong, string reason)
    {
        var order = hub.Order();
        order = wrong switch
        {
            "sku" => order with { Lines = [order.Lines[0] with { MerchantCode = "NOBODY-KNOWS" }] },
            "amount" => order with { Amounts = order.Amounts with { PayFen = 1 } },
            "province" => order with { Receiver = order.Receiver with { Province = "亚特兰蒂斯" } },
            "negative" => order with { Amounts = order.Amounts with { PayFen = -5 } },
            "quantity" => order with { Lines = [order.Lines[0] with { Quantity = -1 }] },
            _ => order with { Lines = [], Amounts = order.Amounts with { GoodsFen = 0, PayFen = 0 } },
        };

        var answer = await hub.AcceptOneAsync(order);

        answer.State.ShouldBe(OrderState.Review);
        answer.Reason!.ShouldContain(reason);
    }

    [Fact]
    public async Task An_order_whose_receiver_was_hidden_goes_on_by_itself_when_the_platform_shows_it()
    {
        await hub.ReceiveAsync(TestHub.Shirt, hub.Suzhou, 5);
        var shown = hub.Order();
        var hidden = shown with { Receiver = new("", "", "", "", "", "", "", null), PlatformHold = "平台风控中" };
        (await hub.AcceptOneAsync(hidden)).State.ShouldBe(OrderState.Review);

        (await hub.AcceptOneAsync(shown with { Version = 2 })).State.ShouldBe(OrderState.Allocated);
        var emptied = await hub.AcceptOneAsync(hidden with { Version = 3 });

        (await hub.ViewAsync(emptied.OrderId)).Receiver.Province.ShouldBe("浙江省", "what is known stays known");
    }

    [Fact]
    public async Task A_payment_heard_of_after_the_refund_cancelled_the_order_still_reaches_the_books()
    {
        var unpaid = hub.Order(status: PlatformStatus.Unpaid);
        var placed = await hub.AcceptOneAsync(unpaid);
        await hub.InScopeAsync<IOrderFlow, Platform.Results.Result>(flow => hub.Database.RunAsync(tx => flow.MoveAsync(tx, placed.OrderId, OrderTrigger.Cancel, Actor.System, "退款", default), default));

        var closed = await hub.AcceptOneAsync(unpaid with { Version = 2, Status = PlatformStatus.ClosedAfterPayment, PaidAt = unpaid.CreatedAt.AddSeconds(9) });

        closed.State.ShouldBe(OrderState.Cancelled);
        (await hub.ViewAsync(closed.OrderId)).PaidAt.ShouldBe(unpaid.CreatedAt.AddSeconds(9));
        await hub.DrainOutboxAsync();
        (await hub.Database.QueryAsync("select amount_fen from reconciliation_money_entries where order_id = $1 and kind = 1", r => r.GetInt64(0), default, closed.OrderId)).ShouldBe([9900]);
    }

    [Fact]
    public async Task A_buyer_who_pays_for_a_cancelled_order_gets_a_person_to_look_at_it()
    {
        var unpaid = hub.Order(status: PlatformStatus.Unpaid);
        await hub.AcceptOneAsync(unpaid);
        await hub.AcceptOneAsync(unpaid with { Version = 2, Status = PlatformStatus.ClosedUnpaid });

        var paid = await hub.AcceptOneAsync(unpaid with { Version = 3, Status = PlatformStatus.Paid, PaidAt = unpaid.CreatedAt.AddMinutes(2) });

        (paid.State, paid.Reason).ShouldBe((OrderState.Review, "取消之后买家付了款"));
    }

    [Fact]
    public async Task Two_orders_racing_for_the_last_unit_lock_it_once()
    {
        await using var other = hub.AnotherHost();
        for (var round = 0; round < 10; round++)
        {
            await hub.ReceiveAsync(TestHub.Cap, hub.Suzhou, 1);
            var free = (await hub.StockAsync(TestHub.Cap, hub.Suzhou)).Available + (await hub.StockAsync(TestHub.Cap, hub.Guangzhou)).Available;
            var answers = await Task.WhenAll(Enumerable.Range(0, free + 3).Select(_ => Task.Run(() => hub.AcceptOneAsync(hub.Order(lines: (TestHub.Cap, 1))))));
            answers.Count(a => a.State == OrderState.Allocated).ShouldBe(free);
            answers.Count(a => a.State == OrderState.Shortage).ShouldBe(3);
        }
        (await hub.BreachesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_the_buyer_paid_stays_what_it_was_when_the_platform_lowers_it_after_a_refund()
    {
        await hub.ReceiveAsync(TestHub.Shirt, hub.Suzhou, 5);
        var order = hub.Order();
        var accepted = await hub.AcceptOneAsync(order);

        await hub.AcceptOneAsync(order with { Version = 2, Amounts = order.Amounts with { PayFen = 100, GoodsFen = 100 } });

        (await hub.ViewAsync(accepted.OrderId)).PaidFen.ShouldBe(9900);
    }

    [Fact]
    public async Task When_the_platform_changes_the_goods_of_an_allocated_order_its_stock_is_given_back_and_a_person_decides()
    {
        await hub.ReceiveAsync(TestHub.Shirt, hub.Suzhou, 5);
        var order = hub.Order();
        var accepted = await hub.AcceptOneAsync(order);

        var changed = await hub.AcceptOneAsync(order with { Version = 2, Lines = [order.Lines[0] with { Quantity = 2, PayFen = 19800 }], Amounts = new(19800, 0, 0, 0, 0, 19800) });

        changed.State.ShouldBe(OrderState.Review);
        (await hub.HeldByAsync(accepted.OrderId)).ShouldBeEmpty();
        (await hub.ViewAsync(accepted.OrderId)).Lines[0].Quantity.ShouldBe(2);
    }

    [Fact]
    public async Task A_batch_of_500_orders_is_first_come_first_served()
    {
        await hub.ReceiveAsync(TestHub.Sock, hub.Guangzhou, 100);
        var free = (await hub.StockAsync(TestHub.Sock, hub.Guangzhou)).Available + (await hub.StockAsync(TestHub.Sock, hub.Suzhou)).Available;
        var answers = await hub.AcceptAsync([.. Enumerable.Range(0, 500).Select(_ => hub.Order(lines: (TestHub.Sock, 1)))]);

        answers.Take(free).ShouldAllBe(a => a.State == OrderState.Allocated);
        answers.Skip(free).ShouldAllBe(a => a.State == OrderState.Shortage);
        (await hub.BreachesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_illegal_move_is_refused_with_a_code_and_changes_nothing()
    {
        await hub.ReceiveAsync(TestHub.Shirt, hub.Suzhou, 5);
        var order = await hub.AcceptOneAsync(hub.Order());

        var refused = await hub.InScopeAsync<IOrderFlow, Platform.Results.Result>(flow =>
            hub.Database.RunAsync(tx => flow.MoveAsync(tx, order.OrderId, OrderTrigger.Ship, Actor.System, null, default), default));

        refused.Error!.Code.ShouldBe("orders.illegal_move");
        refused.Error.Text.ShouldContain("已分仓");
        (await hub.ViewAsync(order.OrderId)).State.ShouldBe(OrderState.Allocated);
    }

    [Fact]
    public async Task Shipping_deducts_once_and_a_held_order_does_not_leave()
    {
        await hub.ReceiveAsync(TestHub.Shirt, hub.Suzhou, 5);
        var order = await hub.AcceptOneAsync(hub.Order());
        var onHand = (await hub.StockAsync(TestHub.Shirt, hub.Suzhou)).OnHand;
        Task<Platform.Results.Result> Move(OrderTrigger trigger) => hub.InScopeAsync<IOrderFlow, Platform.Results.Result>(flow =>
            hub.Database.RunAsync(tx => flow.MoveAsync(tx, order.OrderId, trigger, Actor.System, null, default), default));
        Task Hold(string? reason) => hub.InScopeAsync<IOrderFlow, bool>(flow =>
            hub.Database.RunAsync(async tx => { await flow.HoldAsync(tx, order.OrderId, reason, Actor.System, default); return true; }, default));

        await Hold("买家申请退款");
        (await Move(OrderTrigger.Pack)).Error!.Code.ShouldBe("orders.held");
        await Hold(null);
        (await Move(OrderTrigger.Pack)).IsOk.ShouldBeTrue();
        (await Move(OrderTrigger.Ship)).IsOk.ShouldBeTrue();
        (await Move(OrderTrigger.Ship)).IsOk.ShouldBeTrue();

        (await hub.StockAsync(TestHub.Shirt, hub.Suzhou)).OnHand.ShouldBe(onHand - 1);
        (await hub.BreachesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_short_order_gets_its_stock_when_goods_arrive_the_earliest_paid_first()
    {
        var first = await hub.AcceptOneAsync(hub.Order(lines: (TestHub.Shirt, 100_000)));
        var second = await hub.AcceptOneAsync(hub.Order(lines: (TestHub.Shirt, 100_000)));
        await hub.ReceiveAsync(TestHub.Shirt, hub.Suzhou, 100_000);

        var report = await hub.InScopeAsync<OrderHub.Orders.Upkeep.RetryShortages, Platform.Jobs.JobReport>(job => job.RunAsync(default));

        report.Changed.ShouldBeGreaterThanOrEqualTo(1);
        (await hub.ViewAsync(first.OrderId)).State.ShouldBe(OrderState.Allocated);
        (await hub.ViewAsync(second.OrderId)).State.ShouldBe(OrderState.Shortage);
    }
}
