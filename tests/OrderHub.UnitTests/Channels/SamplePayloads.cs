namespace OrderHub.UnitTests.Channels;

/// <summary>The protocol sheets' samples, as one order or refund each, with a few more of the fields they list. All values are invented.</summary>
internal static class SamplePayloads
{
    public const string TaobaoTrade = """
        {"tid":3061234567890123456,"tid_str":"3061234567890123456","type":"fixed","status":"WAIT_SELLER_SEND_GOODS","payment":"109.00","post_fee":"10.00","created":"2026-11-11 00:01:00",
        "pay_time":"2026-11-11 00:02:00","modified":"2026-11-11 00:10:00","buyer_open_uid":"AAG1","receiver_state":"广东省","receiver_city":"深圳市","receiver_district":"南山区",
        "receiver_address":"科***","receiver_name":"张**","receiver_mobile":"138****0000","oaid":"1Zx1","seller_flag":1,"buyer_message":"请发顺丰","seller_memo":"老客户",
        "orders":{"order":[{"oid":3061234567890123456,"status":"WAIT_SELLER_SEND_GOODS","refund_status":"NO_REFUND","num_iid":68000001,"sku_id":"5001","outer_sku_id":"SKU-A","title":"T恤",
        "price":"99.00","num":1,"payment":"109.00","discount_fee":"0.00","adjust_fee":"0.00","divide_order_fee":"109.00"}]}}
        """;

    public const string TaobaoRefund = """
        {"refund_id":"9000000001","tid":3061234567890123456,"oid":3061234567890123456,"status":"SUCCESS","dispute_type":"REFUND","has_good_return":false,"refund_fee":"50.00",
        "reason":"不想要了","created":"2026-11-11 01:00:00","modified":"2026-11-11 02:00:00"}
        """;

    public const string JdOrder = """
        {"orderId":"290000000001","venderId":"10001","orderState":"WAIT_SELLER_STOCK_OUT","orderStateRemark":"等待出库","orderStartTime":"2026-11-11 00:01:00","paymentConfirmTime":"2026-11-11 00:02:00",
        "modified":"2026-11-11 00:10:00","orderTotalPrice":"109.00","orderSellerPrice":"99.00","sellerDiscount":"10.00","freightPrice":"0.00","actualPay":"99.00","payType":"4-在线支付",
        "consigneeInfo":{"fullname":"张*","mobile":"138****0000","telephone":"","fullAddress":"广东深圳市南山区***","province":"广东","city":"深圳市","county":"南山区","town":""},
        "invoiceEasyInfo":{"invoiceType":"电子发票","invoiceTitle":"某公司","invoiceCode":"91440300X","invoiceConsigneeEmail":"a@example.com"},
        "couponDetailList":[{"orderId":"290000000001","skuId":"100000000001","couponType":"30-单品促销优惠","couponPrice":"10.00"}],
        "itemInfoList":[{"skuId":"100000000001","outerSkuId":"SKU-A","skuName":"T恤","jdPrice":"109.00","itemTotal":"1","wareId":"1000001"}]}
        """;

    public const string JdCancellation = """
        {"id":70001,"orderId":"290000000001","buyerId":"b1","applyRefundSum":9900,"status":3,"applyTime":"2026-11-11 01:00:00","checkTime":"2026-11-11 02:00:00","checkUserName":"系统"}
        """;

    public const string JdAfterSale = """
        {"afsRefundId":80001,"status":13,"completeTime":"2026-11-12 02:00:00","refoundAmount":"20.50","sameOrderServiceBill":{"serviceId":1,"orderId":"290000000001"}}
        """;

    public const string PinduoduoOrder = """
        {"order_sn":"261111-123456789012345","order_status":1,"refund_status":1,"after_sales_status":0,"confirm_status":1,"group_status":1,"risk_control_status":0,"created_time":"2026-11-11 00:01:00",
        "confirm_time":"2026-11-11 00:02:00","updated_at":"2026-11-11 00:10:00","last_ship_time":"2026-11-13 00:02:00","goods_amount":39.9,"discount_amount":3.0,"platform_discount":2.0,"seller_discount":1.0,
        "capital_free_discount":0.0,"postage":0.0,"pay_amount":36.9,"pay_type":"WEIXIN","province":"浙江省","city":"杭州市","town":"余杭区","receiver_name":"~AgAA1~","receiver_name_mask":"张*",
        "open_address_id":"merge-1","order_tag_list":[{"name":"free_sf","value":1},{"name":"ship_hold","value":0}],
        "item_list":[{"goods_id":600001,"sku_id":700001,"outer_id":"SKU-A","goods_name":"T恤","goods_spec":"白,L","goods_count":1,"goods_price":39.9}]}
        """;

    public const string PinduoduoRefund = """
        {"id":5001,"order_sn":"261111-123456789012345","after_sales_type":2,"after_sales_status":10,"refund_amount":"36.90","order_amount":"36.90","created_time":"1795015900","updated_time":"1795016000",
        "after_sale_reason":"不想要了"}
        """;

    public const string DouyinOrder = """
        {"order_id":"6910000000000000001","shop_id":11,"order_status":2,"order_status_desc":"备货中","create_time":1795015900,"pay_time":1795015960,"update_time":1795016000,"order_amount":10900,
        "pay_amount":9900,"post_amount":0,"promotion_amount":1000,"promotion_shop_amount":600,"promotion_platform_amount":400,"promotion_talent_amount":0,"promotion_pay_amount":0,"pay_type":2,
        "buyer_words":"","seller_words":"","seller_remark_stars":5,"mask_post_receiver":"张*","encrypt_post_tel":"##t","post_addr":{"province":{"name":"广东省","id":"44"},"city":{"name":"深圳市","id":"440300"},
        "town":{"name":"南山区","id":"440305"},"street":{"name":"粤海街道","id":"440305007"},"encrypt_detail":"##d"},
        "sku_order_list":[{"order_id":"6910000000000000001","parent_order_id":"6910000000000000001","product_id":3500000000000000001,"product_id_str":"3500000000000000001","sku_id":1700000000000001,
        "code":"SKU-A","product_name":"T恤","item_num":1,"origin_amount":10900,"sum_amount":10900,"pay_amount":9900}]}
        """;

    public const string DouyinRefund = """
        {"aftersale_info":{"aftersale_id":"7001","aftersale_status":12,"aftersale_type":0,"apply_time":1795015900,"update_time":1795016000,"refund_amount":9900,"refund_status":3},
        "order_info":{"shop_order_id":"6910000000000000001","related_order_info":[{"sku_order_id":"6910000000000000001"}]},"text_part":{"reason_text":"尺码不合适"}}
        """;

    public const string MallOrder = """
        {"order_no":"MP20261111000001","version":3,"status":"paid","buyer":{"open_id":"o-1","nick":"小张"},"receiver":{"name":"张三","mobile":"13800000000","province":"广东省","city":"深圳市",
        "district":"南山区","street":"粤海街道","address":"科技路1号"},"remark":"要发票","seller_memo":"","flag":0,"created_at":"2026-11-11T00:01:00+08:00","paid_at":"2026-11-11T00:02:00+08:00",
        "updated_at":"2026-11-11T00:10:00+08:00","ship_deadline":"2026-11-13T00:02:00+08:00","amounts":{"goods":13800,"shop_discount":1000,"platform_discount":500,"freight":600,"pay":12900},
        "payment":{"channel":"wechat","trade_no":"4200"},"invoice":{"type":"company","title":"某公司","tax_no":"91440300X","email":"a@example.com"},
        "lines":[{"line_id":"1","product_id":"p1","sku_id":"s1","sku_code":"SKU-A","name":"T恤","spec":"白 L","qty":2,"price":5000,"discount":1000,"pay":9000,"refund_state":"none"},
        {"line_id":"2","product_id":"p2","sku_id":"s2","sku_code":"SKU-B","name":"袜子","spec":"","qty":1,"price":3800,"discount":500,"pay":3300,"refund_state":"none"}],
        "promotions":[{"name":"满减","amount":1000,"gift_sku":null,"gift_qty":0},{"name":"平台券","amount":500,"gift_sku":"SKU-G","gift_qty":1}]}
        """;

    public const string MallRefund = """
        {"refund_no":"R1","version":2,"order_no":"MP20261111000001","line_id":"1","type":"refund_only","status":"done","apply_amount":9000,"refunded_amount":8800,"reason":"少发","updated_at":"2026-11-12T00:00:00+08:00"}
        """;

    public const string KuaishouOrder = """
        {"orderBaseInfo":{"oid":2431500000001000,"status":30,"createTime":1795015900000,"payTime":1795015960000,"updateTime":1795016000000,"validPromiseShipmentTimeStamp":1795188760000,"buyerOpenId":"o-1",
        "buyerNick":"小张","remark":"请发顺丰","expressFee":600,"discountFee":801,"totalFee":9699,"preSale":0,"cpsType":2,"riskCode":0,"disableDeliveryReasonCode":[],"remindShipmentSign":1},
        "orderItemInfo":{"orderItemId":24315000000010001,"itemId":10000000000001,"skuId":10500000000001,"itemTitle":"T恤","skuDesc":"白 L","skuNick":"SKU-A","warehouseCode":"WH-1","num":1,"price":9900},
        "orderAddress":{"province":"广东省","city":"深圳市","district":"南山区","town":"粤海街道","encryptedConsignee":"#n#","encryptedMobile":"#m#","encryptedAddress":"#a#","desensitiseConsignee":"张**",
        "desensitiseMobile":"138****0000","desensitiseAddress":"科***"},"orderLogisticsInfo":[],"orderNote":{"sellerNote":[{"note":"老客户"},{"note":"旧备注"}]},"orderFlag":{"flag":["GREEN"]},
        "orderCpsInfo":{"distributorId":7,"distributorName":"小林好物"},"subOrderInfo":[{"subOrderId":2431500000001001,"subOrderItemInfo":{"itemId":1,"skuId":2,"skuNick":"SKU-G","itemTitle":"袜子","num":1,"price":0}}],
        "orderFeeDetail":{"oid":2431500000001000,"totalFee":9400,"discountFee":801,"expressFee":600,"platformBearAmount":301,"merchantBearAmount":500,"sellerRecv":10000,"buyerPay":9699}}
        """;

    public const string KuaishouRefund = """
        {"refundId":9100000000000100,"oid":2431500000001000,"handlingWay":10,"status":60,"negotiateStatus":2,"refundFee":9699,"refundReasonDesc":"不想要了","createTime":1795015900000,"updateTime":1795016000000}
        """;
}
