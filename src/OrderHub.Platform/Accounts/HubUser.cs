using Microsoft.AspNetCore.Identity;

namespace OrderHub.Platform.Accounts;

public sealed class HubUser : IdentityUser<long>
{
    /// <summary>The name colleagues see on timelines and documents.</summary>
    public string DisplayName { get; set; } = "";

    /// <summary>Packers and warehouse leads work in one warehouse; null = all.</summary>
    public int? WarehouseId { get; set; }
}

public sealed class HubRole : IdentityRole<long>;

public static class Roles
{
    public const string Admin = nameof(Admin), Operations = nameof(Operations), CustomerService = nameof(CustomerService),
        Supervisor = nameof(Supervisor), Packer = nameof(Packer), WarehouseLead = nameof(WarehouseLead), Finance = nameof(Finance), Auditor = nameof(Auditor);

    public static readonly IReadOnlyList<string> All = [Admin, Operations, CustomerService, Supervisor, Packer, WarehouseLead, Finance, Auditor];
}

/// <summary>Who may see or do what; each page and endpoint names one of these. Everything else is denied.</summary>
public static class Policies
{
    public const string Office = nameof(Office), ReadOrders = nameof(ReadOrders), HandleOrders = nameof(HandleOrders), ReadStock = nameof(ReadStock),
        AdjustStock = nameof(AdjustStock), Warehouse = nameof(Warehouse), Channels = nameof(Channels), Finance = nameof(Finance), Administer = nameof(Administer),
        PlanFulfilment = nameof(PlanFulfilment);

    public static readonly IReadOnlyDictionary<string, string[]> RolesOf = new Dictionary<string, string[]>
    {
        [Office] = [Roles.Admin, Roles.Operations, Roles.CustomerService, Roles.Supervisor, Roles.WarehouseLead, Roles.Finance, Roles.Auditor],
        [ReadOrders] = [Roles.Admin, Roles.Operations, Roles.CustomerService, Roles.Supervisor, Roles.WarehouseLead, Roles.Finance, Roles.Auditor],
        [HandleOrders] = [Roles.Admin, Roles.Operations, Roles.CustomerService, Roles.Supervisor],
        [ReadStock] = [Roles.Admin, Roles.Operations, Roles.Supervisor, Roles.WarehouseLead, Roles.Auditor],
        [AdjustStock] = [Roles.Admin, Roles.Supervisor, Roles.WarehouseLead],
        [Warehouse] = [Roles.Admin, Roles.Packer, Roles.WarehouseLead],
        [Channels] = [Roles.Admin, Roles.Operations, Roles.Supervisor, Roles.Auditor],
        [Finance] = [Roles.Admin, Roles.Finance, Roles.Auditor],
        [Administer] = [Roles.Admin],
        [PlanFulfilment] = [Roles.Admin, Roles.Operations, Roles.Supervisor],
    };
}
