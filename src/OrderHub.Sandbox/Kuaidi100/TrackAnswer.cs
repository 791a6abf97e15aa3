using System.Text.Json.Nodes;
using OrderHub.Sandbox.Gateway;

namespace OrderHub.Sandbox.Kuaidi100;

/// <summary>A journey so far in the courier's words; the same shape in answers and pushes.</summary>
internal static class TrackAnswer
{
    /// <param name="detailed">resultv2 was asked for: steps carry their sub-state and place.</param>
    public static JsonObject Shape(Journey journey, string company, DateTimeOffset now, bool detailed, bool ascending = false)
    {
        var steps = journey.Until(now);
        var signed = steps.Count > 0 && steps[^1].State == "3";
        var rows = ascending ? steps : steps.Reverse();
        return new JsonObject
        {
            ["message"] = "ok",
            ["nu"] = journey.Parcel.WaybillNo,
            ["com"] = company,
            ["ischeck"] = signed ? "1" : "0",
            ["status"] = "200",
            ["state"] = steps.Count == 0 ? "0" : steps[^1].State,
            ["condition"] = signed ? "F00" : "D01",
            ["data"] = Answers.Array(rows, step => Row(step, detailed)),
            ["isLoop"] = false,
        };
    }

    private static JsonObject Row(TrackStep step, bool detailed)
    {
        var time = ChinaTime.Text(step.At);
        var row = new JsonObject { ["time"] = time, ["ftime"] = time, ["context"] = step.Context };
        if (!detailed) return row;
        row["status"] = step.StatusName;
        row["statusCode"] = step.Status;
        row["areaName"] = step.City;
        row["areaCode"] = null;
        row["location"] = step.City;
        return row;
    }
}
