<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="vi_VN" sourcelanguage="en">
<context>
    <name>Authority</name>
    <message>
        <source>Authority: {who} approves</source>
        <translation>Thẩm quyền: {who} phê duyệt</translation>
    </message>
    <message>
        <source>appraised by {who} before</source>
        <translation>{who} thẩm định trước</translation>
    </message>
    <message>
        <source>the province checks afterwards</source>
        <translation>tỉnh hậu kiểm</translation>
    </message>
    <message>
        <source>by {document}</source>
        <translation>theo {document}</translation>
    </message>
    <message>
        <source>The province objects to the approval. What was approved stays in force.</source>
        <translation>Tỉnh có ý kiến khi hậu kiểm. Nội dung đã phê duyệt vẫn giữ nguyên.</translation>
    </message>
    <message>
        <source>The province has checked the approval.</source>
        <translation>Tỉnh đã hậu kiểm.</translation>
    </message>
    <message>
        <source>Waits for: {acts}</source>
        <translation>Chờ: {acts}</translation>
    </message>
    <message>
        <source>the head of {commune}</source>
        <translation>Chủ tịch {commune}</translation>
    </message>
    <message>
        <source>{who} signs off</source>
        <translation>{who} ký</translation>
    </message>
    <message>
        <source>{who} sends it again</source>
        <translation>{who} gửi lại</translation>
    </message>
    <message>
        <source>{who} consents</source>
        <translation>{who} đồng ý</translation>
    </message>
    <message>
        <source>{who} appraises</source>
        <translation>{who} thẩm định</translation>
    </message>
    <message>
        <source>{who} approves</source>
        <translation>{who} phê duyệt</translation>
    </message>
    <message>
        <source>{who} checks afterwards</source>
        <translation>{who} hậu kiểm</translation>
    </message>
    <message>
        <source>the People&apos;s Committee of {commune}</source>
        <translation>UBND {commune}</translation>
    </message>
    <message>
        <source>the province</source>
        <translation>UBND tỉnh</translation>
    </message>
    <message>
        <source>the office of {commune}</source>
        <translation>cơ quan chuyên môn của {commune}</translation>
    </message>
    <message>
        <source>the Department of Construction</source>
        <translation>Sở Xây dựng</translation>
    </message>
    <message>
        <source>To be checked afterwards</source>
        <translation>Chờ hậu kiểm</translation>
    </message>
    <message>
        <source>The province objects</source>
        <translation>Tỉnh có ý kiến</translation>
    </message>
    <message>
        <source>Your consent is asked</source>
        <translation>Chờ ý kiến của xã</translation>
    </message>
    <message>
        <source>{name}, for {giver} by document {document},</source>
        <translation>{name} (thay {giver} theo văn bản {document})</translation>
    </message>
    <message>
        <source>(decided without the consent of {communes})</source>
        <translation>(quyết định khi chưa có đồng ý của {communes})</translation>
    </message>
    <message>
        <source>the decision on no. {number}, which it builds on</source>
        <translation>quyết định về hồ sơ số {number} mà hồ sơ này nối tiếp</translation>
    </message>
    <message>
        <source>the decision on no. {number}, which it is linked with</source>
        <translation>quyết định về hồ sơ số {number} có liên kết</translation>
    </message>
    <message>
        <source>{who} records the signed decision</source>
        <translation>{who} ghi quyết định đã ký</translation>
    </message>
    <message>
        <source>{who} puts decision {number} into force</source>
        <translation>{who} đưa Quyết định {number} vào hiệu lực</translation>
    </message>
    <message>
        <source>your signature</source>
        <translation>anh/chị ký</translation>
    </message>
    <message>
        <source>you to correct it and send it again</source>
        <translation>anh/chị sửa và gửi lại</translation>
    </message>
    <message>
        <source>your commune&apos;s consent</source>
        <translation>xã của anh/chị đồng ý</translation>
    </message>
    <message>
        <source>your appraisal</source>
        <translation>anh/chị thẩm định</translation>
    </message>
    <message>
        <source>your approval</source>
        <translation>anh/chị phê duyệt</translation>
    </message>
    <message>
        <source>your check afterwards</source>
        <translation>anh/chị hậu kiểm</translation>
    </message>
    <message>
        <source>Decision: still to be recorded</source>
        <translation>Quyết định: chờ ghi</translation>
    </message>
    <message>
        <source>Decision {number} of {date}, in force from {effective}</source>
        <translation>Quyết định {number} ngày {date}, có hiệu lực từ {effective}</translation>
    </message>
    <message>
        <source>Decision {number} of {date}, not in force yet</source>
        <translation>Quyết định {number} ngày {date}, chưa có hiệu lực</translation>
    </message>
    <message numerus="yes">
        <source>%n agency(s) to answer by {day}</source>
        <translation>
            <numerusform>%n cơ quan cho ý kiến chậm nhất ngày {day}</numerusform>
        </translation>
    </message>
    <message>
        <source>The decision has gone to the province: not all that is changed may be shown in the commune.</source>
        <translation>Hồ sơ đã chuyển lên tỉnh quyết định: có nội dung không được hiển thị đầy đủ ở xã.</translation>
    </message>
    <message>
        <source>your agency&apos;s opinion by {day}</source>
        <translation>cơ quan của anh/chị cho ý kiến chậm nhất ngày {day}</translation>
    </message>
</context>
<context>
    <name>Balance</name>
    <message>
        <source>Land functions before and after, as bars</source>
        <translation>Chức năng sử dụng đất trước và sau, dạng thanh</translation>
    </message>
    <message>
        <source>before</source>
        <translation>trước</translation>
    </message>
    <message>
        <source>after</source>
        <translation>sau</translation>
    </message>
    <message>
        <source>{title}
{before} ha → {after} ha ({difference} ha)
{share} % → {share_after} % ({points} percentage points)</source>
        <translation>{title}
{before} ha → {after} ha ({difference} ha)
{share} % → {share_after} % ({points} điểm phần trăm)</translation>
    </message>
    <message>
        <source>{before} → {after} plots</source>
        <translation>{before} → {after} lô đất</translation>
    </message>
    <message>
        <source>Land functions before and after</source>
        <translation>Chức năng sử dụng đất trước và sau</translation>
    </message>
    <message>
        <source>Touched plots before and after</source>
        <translation>Các lô đất bị tác động, trước và sau</translation>
    </message>
    <message>
        <source>Copies the table, to be pasted into a document or a spreadsheet</source>
        <translation>Sao chép bảng để dán vào văn bản hoặc bảng tính</translation>
    </message>
    <message>
        <source>Cop&amp;y</source>
        <translation>Sao ché&amp;p</translation>
    </message>
    <message>
        <source>E&amp;xport CSV…</source>
        <translation>&amp;Xuất CSV…</translation>
    </message>
    <message>
        <source>Ta&amp;ble</source>
        <translation>&amp;Bảng</translation>
    </message>
    <message>
        <source>Ba&amp;rs</source>
        <translation>&amp;Biểu đồ</translation>
    </message>
    <message>
        <source>P&amp;lots</source>
        <translation>Từng &amp;lô</translation>
    </message>
    <message>
        <source>Figures are rounded to 0.01 ha so that each column adds up to its total.</source>
        <translation>Số liệu làm tròn đến 0,01 ha sao cho mỗi cột cộng đúng bằng tổng.</translation>
    </message>
    <message>
        <source>Land function</source>
        <translation>Chức năng sử dụng đất</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Trước</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Sau</translation>
    </message>
    <message>
        <source>±</source>
        <translation>±</translation>
    </message>
    <message>
        <source>% before</source>
        <translation>% trước</translation>
    </message>
    <message>
        <source>% after</source>
        <translation>% sau</translation>
    </message>
    <message>
        <source>± points</source>
        <translation>± điểm %</translation>
    </message>
    <message>
        <source>Plot</source>
        <translation>Lô đất</translation>
    </message>
    <message>
        <source>What becomes of it</source>
        <translation>Biến động</translation>
    </message>
    <message numerus="yes">
        <source>%n other plot(s) stay as they are</source>
        <translation>
            <numerusform>%n lô đất khác giữ nguyên</numerusform>
        </translation>
    </message>
    <message>
        <source>Export the balance</source>
        <translation>Xuất bảng cân bằng đất</translation>
    </message>
    <message>
        <source>The file couldn&apos;t be written: {reason}. Choose another place.</source>
        <translation>Không ghi được tệp: {reason}. Hãy chọn nơi khác.</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>Tổng cộng</translation>
    </message>
    <message>
        <source>without a land function</source>
        <translation>chưa ghi chức năng</translation>
    </message>
    <message>
        <source>Only the part of the plan that lies in this working copy: {before} before, {after} after.</source>
        <translation>Chỉ tính phần đồ án nằm trong bản làm việc này: trước {before}, sau {after}.</translation>
    </message>
    <message>
        <source>The plan has no boundary to close on. Total {before} before, {after} after.</source>
        <translation>Đồ án chưa có ranh giới để đối chiếu. Tổng trước {before}, sau {after}.</translation>
    </message>
    <message>
        <source>Closes on the plan&apos;s boundary, before and after: {ground}.</source>
        <translation>Khép kín với ranh giới đồ án, trước và sau: {ground}.</translation>
    </message>
    <message>
        <source>Doesn&apos;t close on the plan&apos;s boundary ({ground}). Before: {before}; after: {after}.</source>
        <translation>Không khép kín với ranh giới đồ án ({ground}). Trước: {before}; sau: {after}.</translation>
    </message>
    <message>
        <source>closes</source>
        <translation>khép kín</translation>
    </message>
    <message>
        <source>{area} uncovered</source>
        <translation>còn thiếu {area}</translation>
    </message>
    <message>
        <source>{area} too much</source>
        <translation>vượt {area}</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>giữ nguyên</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>thay đổi</translation>
    </message>
    <message>
        <source>new</source>
        <translation>mới</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>bỏ</translation>
    </message>
    <message>
        <source>split: {others}</source>
        <translation>tách: {others}</translation>
    </message>
    <message>
        <source>merged: {others}</source>
        <translation>gộp: {others}</translation>
    </message>
    <message>
        <source>Before (ha)</source>
        <translation>Trước (ha)</translation>
    </message>
    <message>
        <source>After (ha)</source>
        <translation>Sau (ha)</translation>
    </message>
    <message>
        <source>Difference (ha)</source>
        <translation>Chênh lệch (ha)</translation>
    </message>
    <message>
        <source>Before (%)</source>
        <translation>Trước (%)</translation>
    </message>
    <message>
        <source>After (%)</source>
        <translation>Sau (%)</translation>
    </message>
    <message>
        <source>Difference (percentage points)</source>
        <translation>Chênh lệch (điểm phần trăm)</translation>
    </message>
    <message>
        <source>Being computed…</source>
        <translation>Đang tính…</translation>
    </message>
    <message>
        <source>Function</source>
        <translation>Chức năng</translation>
    </message>
    <message>
        <source>{title}: {before} → {after} % (norm &gt; {norm} %)</source>
        <translation>{title}: {before} → {after} % (quy định &gt; {norm} %)</translation>
    </message>
    <message>
        <source>The land-fund balance stays as it is.</source>
        <translation>Cân bằng đất không đổi.</translation>
    </message>
    <message>
        <source>Balance: {differences}</source>
        <translation>Cân bằng đất: {differences}</translation>
    </message>
</context>
<context>
    <name>Common</name>
    <message>
        <source>Feature</source>
        <translation>Đối tượng</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Thay đổi</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Trạng thái</translation>
    </message>
    <message>
        <source>Changes by layer</source>
        <translation>Thay đổi theo lớp</translation>
    </message>
    <message>
        <source>Attributes that differ</source>
        <translation>Thuộc tính khác nhau</translation>
    </message>
    <message>
        <source>Attribute</source>
        <translation>Thuộc tính</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>Hình dạng</translation>
    </message>
    <message>
        <source>unknown plan</source>
        <translation>chưa rõ đồ án</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>có</translation>
    </message>
    <message>
        <source>no</source>
        <translation>không</translation>
    </message>
    <message>
        <source>Shape (area)</source>
        <translation>Hình dạng (diện tích)</translation>
    </message>
    <message>
        <source>Shape (length)</source>
        <translation>Hình dạng (chiều dài)</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Vị trí</translation>
    </message>
    <message>
        <source>unreadable shape</source>
        <translation>không đọc được hình dạng</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>Bản gốc</translation>
    </message>
    <message>
        <source>Commune&apos;s</source>
        <translation>Bản của xã</translation>
    </message>
    <message>
        <source>Province&apos;s</source>
        <translation>Bản của tỉnh</translation>
    </message>
    <message>
        <source>What the planning rules found</source>
        <translation>Kết quả kiểm tra theo quy định quy hoạch</translation>
    </message>
    <message>
        <source>Not checked yet.</source>
        <translation>Chưa kiểm tra.</translation>
    </message>
    <message numerus="yes">
        <source>%n error(s): the province can&apos;t approve it like this. Double-click shows the place.</source>
        <translation>
            <numerusform>%n lỗi: tỉnh không thể phê duyệt như thế này. Nhấp đúp để xem vị trí.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>No errors; %n remark(s).</source>
        <translation>
            <numerusform>Không có lỗi; %n lưu ý.</numerusform>
        </translation>
    </message>
    <message>
        <source>The planning rules find nothing wrong.</source>
        <translation>Kiểm tra theo quy định: không phát hiện sai sót.</translation>
    </message>
    <message>
        <source>added</source>
        <translation>thêm</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>sửa</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>xóa</translation>
    </message>
    <message>
        <source>new here</source>
        <translation>mới trên máy</translation>
    </message>
    <message>
        <source>in a proposal</source>
        <translation>trong hồ sơ</translation>
    </message>
    <message>
        <source>in a proposal, changed again</source>
        <translation>trong hồ sơ, đã sửa tiếp</translation>
    </message>
    <message>
        <source>conflict</source>
        <translation>xung đột</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>Đang soạn</translation>
    </message>
    <message>
        <source>Awaiting signature</source>
        <translation>Chờ Chủ tịch xã ký</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Đã gửi</translation>
    </message>
    <message>
        <source>In review</source>
        <translation>Đang thẩm định</translation>
    </message>
    <message>
        <source>Returned</source>
        <translation>Trả lại bổ sung</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>Đã phê duyệt</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Từ chối</translation>
    </message>
    <message>
        <source>Withdrawn</source>
        <translation>Đã rút</translation>
    </message>
    <message>
        <source>sent it</source>
        <translation>đã gửi hồ sơ</translation>
    </message>
    <message>
        <source>signed it off</source>
        <translation>đã ký duyệt gửi</translation>
    </message>
    <message>
        <source>opened it for review</source>
        <translation>đã nhận thẩm định</translation>
    </message>
    <message>
        <source>returned it</source>
        <translation>đã trả lại bổ sung</translation>
    </message>
    <message>
        <source>rejected it</source>
        <translation>đã từ chối</translation>
    </message>
    <message>
        <source>approved it</source>
        <translation>đã phê duyệt</translation>
    </message>
    <message>
        <source>withdrew it</source>
        <translation>đã rút hồ sơ</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Lỗi</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Cảnh báo</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Lưu ý</translation>
    </message>
    <message>
        <source>Somebody else changed the same attributes.</source>
        <translation>Người khác cũng đã sửa chính các thuộc tính này.</translation>
    </message>
    <message>
        <source>You removed this feature, and somebody else changed it.</source>
        <translation>Anh/chị đã xóa đối tượng này, còn người khác đã sửa nó.</translation>
    </message>
    <message>
        <source>You changed this feature, and somebody else removed it at the province.</source>
        <translation>Anh/chị đã sửa đối tượng này, còn trên tỉnh nó đã bị xóa.</translation>
    </message>
    <message>
        <source>The province has a feature of the same name already.</source>
        <translation>Trên tỉnh đã có đối tượng trùng mã định danh.</translation>
    </message>
    <message>
        <source>Somebody else changed this feature too.</source>
        <translation>Người khác cũng đã sửa đối tượng này.</translation>
    </message>
    <message>
        <source>Downloading the commune&apos;s data</source>
        <translation>Đang tải dữ liệu của xã</translation>
    </message>
    <message>
        <source>Preparing the working copy</source>
        <translation>Đang chuẩn bị bản làm việc</translation>
    </message>
    <message>
        <source>Downloading what is new at the province</source>
        <translation>Đang tải phần mới trên tỉnh</translation>
    </message>
    <message>
        <source>Comparing with your changes</source>
        <translation>Đang đối chiếu với thay đổi của anh/chị</translation>
    </message>
    <message>
        <source>Writing to the working copy</source>
        <translation>Đang ghi vào bản làm việc</translation>
    </message>
    <message>
        <source>Working…</source>
        <translation>Đang xử lý…</translation>
    </message>
    <message>
        <source>Signing in</source>
        <translation>Đang đăng nhập</translation>
    </message>
    <message>
        <source>Getting data</source>
        <translation>Đang lấy dữ liệu về máy</translation>
    </message>
    <message>
        <source>Sending to the province</source>
        <translation>Đang gửi lên tỉnh</translation>
    </message>
    <message>
        <source>Checking against the planning rules</source>
        <translation>Đang kiểm tra theo quy định</translation>
    </message>
    <message>
        <source>Reverting changes</source>
        <translation>Đang hoàn lại thay đổi</translation>
    </message>
    <message>
        <source>Resolving the conflict</source>
        <translation>Đang xử lý xung đột</translation>
    </message>
    <message>
        <source>Bringing back the record of changes</source>
        <translation>Đang khôi phục việc ghi nhận thay đổi</translation>
    </message>
    <message>
        <source>Adding the file</source>
        <translation>Đang thêm tệp</translation>
    </message>
    <message>
        <source>Opening the proposal</source>
        <translation>Đang mở hồ sơ</translation>
    </message>
    <message>
        <source>Recording the decision</source>
        <translation>Đang ghi nhận quyết định</translation>
    </message>
    <message>
        <source>Withdrawing the proposal</source>
        <translation>Đang rút hồ sơ</translation>
    </message>
    <message>
        <source>en</source>
        <comment>language code of this translation</comment>
        <translation>vi</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>vừa xong</translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) ago</source>
        <translation>
            <numerusform>%n phút trước</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s) ago</source>
        <translation>
            <numerusform>%n giờ trước</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) ago</source>
        <translation>
            <numerusform>%n ngày trước</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n second(s) left</source>
        <translation>
            <numerusform>còn khoảng %n giây</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n minute(s) left</source>
        <translation>
            <numerusform>còn khoảng %n phút</numerusform>
        </translation>
    </message>
    <message>
        <source>new feature</source>
        <translation>đối tượng mới</translation>
    </message>
    <message>
        <source>Sending the files</source>
        <translation>Đang gửi tệp đính kèm</translation>
    </message>
    <message>
        <source>Sending the changes</source>
        <translation>Đang gửi các thay đổi</translation>
    </message>
    <message>
        <source>Preparing the proposal</source>
        <translation>Đang chuẩn bị hồ sơ</translation>
    </message>
    <message>
        <source>Waiting to be sent</source>
        <translation>Chờ gửi</translation>
    </message>
    <message>
        <source>Not accepted</source>
        <translation>Tỉnh không nhận</translation>
    </message>
    <message>
        <source>Opening the conflict again</source>
        <translation>Đang mở lại xung đột</translation>
    </message>
    <message>
        <source>The province changed this; a constraint that another program put on the table doesn&apos;t allow it here.</source>
        <translation>Tỉnh đã sửa đối tượng này; một ràng buộc do chương trình khác đặt trên bảng không cho ghi vào đây.</translation>
    </message>
    <message numerus="yes">
        <source>It was divided here: the decision concerns %n other feature(s) too.</source>
        <translation>
            <numerusform>Đối tượng đã được tách ở đây: quyết định này liên quan đến cả %n đối tượng khác.</numerusform>
        </translation>
    </message>
    <message>
        <source>Agreed, waits for a linked proposal</source>
        <translation>Đã đồng ý, chờ hồ sơ liên kết</translation>
    </message>
    <message>
        <source>agreed to it, together with the proposals it is linked with</source>
        <translation>đã đồng ý, cùng với các hồ sơ liên kết</translation>
    </message>
    <message>
        <source>completed it with the last of the linked proposals</source>
        <translation>đã hoàn tất phê duyệt cùng hồ sơ liên kết cuối cùng</translation>
    </message>
    <message>
        <source>put it back into review: a linked proposal changed</source>
        <translation>đã đưa về đang thẩm định: hồ sơ liên kết đã thay đổi</translation>
    </message>
    <message>
        <source>Bringing the work of another computer here</source>
        <translation>Đang mang việc từ máy khác về</translation>
    </message>
    <message>
        <source>Asking for unsent work</source>
        <translation>Đang hỏi những việc chưa gửi</translation>
    </message>
    <message>
        <source>Handing over</source>
        <translation>Đang bàn giao</translation>
    </message>
    <message>
        <source>Asking where you are signed in</source>
        <translation>Đang hỏi các máy đang đăng nhập</translation>
    </message>
    <message>
        <source>Signing out there</source>
        <translation>Đang đăng xuất máy đó</translation>
    </message>
    <message>
        <source>Copying the working copy</source>
        <translation>Đang sao chép bản làm việc</translation>
    </message>
    <message>
        <source>moved by {distance}</source>
        <translation>dời {distance}</translation>
    </message>
    <message>
        <source>area unchanged</source>
        <translation>diện tích không đổi</translation>
    </message>
    <message>
        <source>{size} larger</source>
        <translation>tăng {size}</translation>
    </message>
    <message>
        <source>{size} smaller</source>
        <translation>giảm {size}</translation>
    </message>
    <message>
        <source>length unchanged</source>
        <translation>chiều dài không đổi</translation>
    </message>
    <message>
        <source>{size} longer</source>
        <translation>dài thêm {size}</translation>
    </message>
    <message>
        <source>{size} shorter</source>
        <translation>ngắn bớt {size}</translation>
    </message>
    <message>
        <source>moved as a whole by {distance}</source>
        <translation>dời cả hình {distance}</translation>
    </message>
    <message>
        <source>the same corners, joined otherwise</source>
        <translation>vẫn các đỉnh cũ, nối lại khác đi</translation>
    </message>
    <message>
        <source>on the former line</source>
        <translation>nằm trên đường cũ</translation>
    </message>
    <message>
        <source>up to {distance} off the former line</source>
        <translation>lệch tới {distance} so với đường cũ</translation>
    </message>
    <message numerus="yes">
        <source>%n corner(s) moved, up to {distance}</source>
        <translation>
            <numerusform>dời %n đỉnh, xa nhất {distance}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n corner(s) added</source>
        <translation>
            <numerusform>thêm %n đỉnh</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n corner(s) removed</source>
        <translation>
            <numerusform>bỏ %n đỉnh</numerusform>
        </translation>
    </message>
    <message>
        <source>Put forward for approval</source>
        <translation>Trình phê duyệt</translation>
    </message>
    <message>
        <source>appraised it and put it forward for approval</source>
        <translation>đã thẩm định và trình phê duyệt</translation>
    </message>
    <message>
        <source>consented for their commune</source>
        <translation>đã đồng ý thay mặt xã mình</translation>
    </message>
    <message>
        <source>checked it after the approval</source>
        <translation>đã hậu kiểm</translation>
    </message>
    <message>
        <source>objected after the approval</source>
        <translation>có ý kiến khi hậu kiểm</translation>
    </message>
    <message>
        <source>Preparing the preview</source>
        <translation>Đang chuẩn bị xem trước</translation>
    </message>
    <message>
        <source>Delegating the signature</source>
        <translation>Ủy quyền ký</translation>
    </message>
    <message>
        <source>Ending the delegation</source>
        <translation>Chấm dứt ủy quyền</translation>
    </message>
    <message>
        <source>Fetching the map of that day</source>
        <translation>Đang lấy bản đồ của ngày đó</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Sao chép</translation>
    </message>
    <message>
        <source>All of it, or one line</source>
        <translation>Đầy đủ, hoặc một dòng</translation>
    </message>
    <message>
        <source>Printing the change sheet</source>
        <translation>Đang in phiếu thay đổi</translation>
    </message>
</context>
<context>
    <name>Conflicts</name>
    <message>
        <source>Original</source>
        <translation>Bản gốc</translation>
    </message>
    <message>
        <source>Province&apos;s</source>
        <translation>Bản của tỉnh</translation>
    </message>
    <message>
        <source>Both sides stand together here; nothing is to be decided</source>
        <translation>Ở đây hai bên không mâu thuẫn, không cần quyết định</translation>
    </message>
    <message>
        <source>Keep the feature, as the province changed it</source>
        <translation>Giữ đối tượng như tỉnh đã sửa</translation>
    </message>
    <message>
        <source>Remove the feature</source>
        <translation>Bỏ đối tượng</translation>
    </message>
    <message>
        <source>The feature</source>
        <translation>Đối tượng</translation>
    </message>
    <message>
        <source>Drawn anew: {size}</source>
        <translation>Hình vẽ lại: {size}</translation>
    </message>
    <message>
        <source>Conflicts</source>
        <translation>Xung đột</translation>
    </message>
    <message>
        <source>Choose the province&apos;s values in the selected conflicts; nothing is settled before you apply</source>
        <translation>Chọn giá trị của tỉnh ở các xung đột đang chọn; chưa có gì được quyết định trước khi áp dụng</translation>
    </message>
    <message>
        <source>All the &amp;province&apos;s</source>
        <translation>Tất cả của &amp;tỉnh</translation>
    </message>
    <message>
        <source>Reshape the feature with QGIS's vertex tool, then press “Use this shape”</source>
        <translation>Sửa hình bằng công cụ đỉnh của QGIS, rồi bấm “Dùng hình hiện tại”</translation>
    </message>
    <message>
        <source>&amp;Draw the shape anew</source>
        <translation>&amp;Vẽ lại hình</translation>
    </message>
    <message>
        <source>Choose the shape that the feature has on the map now</source>
        <translation>Chọn hình mà đối tượng đang có trên bản đồ</translation>
    </message>
    <message>
        <source>&amp;Use this shape</source>
        <translation>&amp;Dùng hình hiện tại</translation>
    </message>
    <message>
        <source>U&amp;ndo</source>
        <translation>&amp;Hoàn tác</translation>
    </message>
    <message>
        <source>Previous conflict (P)</source>
        <translation>Xung đột trước (P)</translation>
    </message>
    <message>
        <source>Next conflict (N)</source>
        <translation>Xung đột sau (N)</translation>
    </message>
    <message>
        <source>{done} of {all} chosen</source>
        <translation>đã chọn {done}/{all}</translation>
    </message>
    <message>
        <source>All conflicts are decided. What you chose is among your changes, ready for a proposal.</source>
        <translation>Đã quyết định xong các xung đột. Phần được chọn nằm trong các thay đổi của anh/chị, sẵn sàng lập hồ sơ.</translation>
    </message>
    <message numerus="yes">
        <source>%n conflict(s)</source>
        <translation>
            <numerusform>%n xung đột</numerusform>
        </translation>
    </message>
    <message>
        <source>Settle what you have chosen; it can be undone</source>
        <translation>Quyết định theo những gì đã chọn; có thể hoàn tác</translation>
    </message>
    <message>
        <source>Choose a side in each marked line first</source>
        <translation>Hãy chọn một bên ở mỗi dòng được đánh dấu trước</translation>
    </message>
    <message numerus="yes">
        <source>&amp;Apply to %n conflict(s)</source>
        <translation>
            <numerusform>&amp;Áp dụng cho %n xung đột</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n conflict(s) decided at {time} open again, with the values as before</source>
        <translation>
            <numerusform>%n xung đột đã quyết định lúc {time} được mở lại, giá trị như trước</numerusform>
        </translation>
    </message>
    <message>
        <source>No conflicts. What you and somebody else both changed is decided here; nothing is lost.</source>
        <translation>Không có xung đột. Những gì anh/chị và người khác cùng sửa sẽ được quyết định ở đây; không mất dữ liệu.</translation>
    </message>
    <message>
        <source>A layer is being edited: save it and leave edit mode, then apply.</source>
        <translation>Còn lớp đang được chỉnh sửa: hãy lưu và thoát chế độ chỉnh sửa rồi áp dụng.</translation>
    </message>
    <message>
        <source>Original, the commune&apos;s and the province&apos;s</source>
        <translation>Bản gốc, bản của xã và bản của tỉnh</translation>
    </message>
    <message>
        <source>Commune&apos;s</source>
        <translation>Bản của xã</translation>
    </message>
    <message>
        <source>Keep the feature, with the commune&apos;s changes</source>
        <translation>Giữ đối tượng với thay đổi của xã</translation>
    </message>
    <message>
        <source>Choose the commune&apos;s values in the selected conflicts; nothing is settled before you apply</source>
        <translation>Chọn giá trị của xã ở các xung đột đang chọn; chưa có gì được quyết định trước khi áp dụng</translation>
    </message>
    <message>
        <source>All of the &amp;commune&apos;s</source>
        <translation>Tất cả của &amp;xã</translation>
    </message>
    <message>
        <source>The province&apos;s last change: {time}, revision {number}, by {name}.</source>
        <translation>Tỉnh sửa lần cuối ngày {time}, lần cập nhật {number}, người sửa: {name}.</translation>
    </message>
    <message>
        <source>The province's last change: {time}, revision {number}, by {name}, proposal “{title}”.</source>
        <translation>Tỉnh sửa lần cuối ngày {time}, lần cập nhật {number}, người sửa: {name}, theo hồ sơ “{title}”.</translation>
    </message>
    <message>
        <source>The province&apos;s last change: {time}, revision {number}; the province&apos;s database was edited directly.</source>
        <translation>Tỉnh sửa lần cuối ngày {time}, lần cập nhật {number}; cơ sở dữ liệu của tỉnh được sửa trực tiếp.</translation>
    </message>
</context>
<context>
    <name>Decision</name>
    <message>
        <source>e.g. 1992/QĐ-UBND</source>
        <translation>ví dụ 1992/QĐ-UBND</translation>
    </message>
    <message>
        <source>Full name</source>
        <translation>Họ và tên</translation>
    </message>
    <message>
        <source>e.g. Deputy chair of the province&apos;s People&apos;s Committee</source>
        <translation>ví dụ Phó Chủ tịch UBND tỉnh</translation>
    </message>
    <message>
        <source>What was wrong in the former record</source>
        <translation>Lần ghi trước sai ở đâu</translation>
    </message>
    <message>
        <source>&amp;Record the decision</source>
        <translation>&amp;Ghi nhận quyết định</translation>
    </message>
    <message>
        <source>Cance&amp;l</source>
        <translation>&amp;Thôi</translation>
    </message>
    <message>
        <source>&amp;Number</source>
        <translation>&amp;Số quyết định</translation>
    </message>
    <message>
        <source>Signed &amp;on</source>
        <translation>Ngà&amp;y ký</translation>
    </message>
    <message>
        <source>In &amp;force from</source>
        <translation>Có &amp;hiệu lực từ</translation>
    </message>
    <message>
        <source>&amp;Signed by</source>
        <translation>Ngườ&amp;i ký</translation>
    </message>
    <message>
        <source>Offi&amp;ce</source>
        <translation>&amp;Chức vụ</translation>
    </message>
    <message>
        <source>Correction beca&amp;use</source>
        <translation>&amp;Lý do sửa</translation>
    </message>
    <message>
        <source>Figures &amp;are about</source>
        <translation>Số liệ&amp;u tính cho</translation>
    </message>
    <message>
        <source>the whole plan</source>
        <translation>toàn bộ đồ án</translation>
    </message>
    <message>
        <source>the changed ground alone</source>
        <translation>riêng phần đất điều chỉnh</translation>
    </message>
    <message>
        <source>&amp;Record the correction</source>
        <translation>&amp;Ghi nhận bản sửa</translation>
    </message>
    <message>
        <source>Still missing: {what}.</source>
        <translation>Còn thiếu: {what}.</translation>
    </message>
    <message>
        <source>number</source>
        <translation>số quyết định</translation>
    </message>
    <message>
        <source>who signed</source>
        <translation>người ký</translation>
    </message>
    <message>
        <source>office</source>
        <translation>chức vụ</translation>
    </message>
    <message>
        <source>the signed PDF</source>
        <translation>bản PDF đã ký</translation>
    </message>
    <message>
        <source>a day in force that isn&apos;t before the signature</source>
        <translation>ngày hiệu lực không trước ngày ký</translation>
    </message>
    <message>
        <source>why it is corrected</source>
        <translation>lý do sửa</translation>
    </message>
    <message>
        <source>No file chosen yet.</source>
        <translation>Chưa chọn tệp.</translation>
    </message>
    <message>
        <source>The signed decision</source>
        <translation>Quyết định đã ký</translation>
    </message>
    <message>
        <source>No land function</source>
        <translation>Chưa có chức năng sử dụng đất</translation>
    </message>
    <message>
        <source>Number of lots</source>
        <translation>Số lô đất</translation>
    </message>
    <message>
        <source>Area of the boundary (ha)</source>
        <translation>Diện tích ranh giới (ha)</translation>
    </message>
    <message>
        <source>{function}, before</source>
        <translation>{function}, trước</translation>
    </message>
    <message>
        <source>{function}, after</source>
        <translation>{function}, sau</translation>
    </message>
    <message>
        <source>agrees</source>
        <translation>khớp</translation>
    </message>
    <message>
        <source>differs: {sign}{count} lots</source>
        <translation>lệch {sign}{count} lô</translation>
    </message>
    <message>
        <source>differs: {sign}{difference} ha ({allowed} allowed)</source>
        <translation>lệch {sign}{difference} ha (cho phép {allowed})</translation>
    </message>
    <message>
        <source>The decision&apos;s figures and the map&apos;s</source>
        <translation>Số liệu của quyết định và của bản đồ</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>Số liệu</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>Quyết định</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Bản đồ</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>Đối chiếu</translation>
    </message>
    <message>
        <source>The map agrees with the decision.</source>
        <translation>Bản đồ khớp với quyết định.</translation>
    </message>
    <message>
        <source>The decision states no figures, so nothing can be compared.</source>
        <translation>Quyết định không ghi số liệu nên không có gì để đối chiếu.</translation>
    </message>
    <message numerus="yes">
        <source>%n figure(s) differ from the map.</source>
        <translation>
            <numerusform>%n số liệu lệch với bản đồ.</numerusform>
        </translation>
    </message>
    <message>
        <source>Put it into &amp;force</source>
        <translation>Đưa vào &amp;hiệu lực</translation>
    </message>
    <message>
        <source>&amp;Correct the record…</source>
        <translation>&amp;Sửa nội dung đã ghi…</translation>
    </message>
    <message>
        <source>Why the decision is put into force though the map differs</source>
        <translation>Vì sao đưa vào hiệu lực dù bản đồ còn lệch</translation>
    </message>
    <message>
        <source>The signed decision is recorded here once the proposal is approved.</source>
        <translation>Quyết định đã ký được ghi nhận ở đây sau khi hồ sơ được phê duyệt.</translation>
    </message>
    <message>
        <source>Being fetched…</source>
        <translation>Đang lấy…</translation>
    </message>
    <message>
        <source>The map differs: correct the record, or let an approver say why it is right</source>
        <translation>Bản đồ còn lệch: hãy sửa nội dung đã ghi, hoặc để người phê duyệt nêu lý do</translation>
    </message>
    <message>
        <source>Approved. Next: record the signed decision.</source>
        <translation>Đã phê duyệt. Bước tiếp theo: ghi nhận quyết định đã ký.</translation>
    </message>
    <message>
        <source>Approved. The signed decision hasn&apos;t been recorded yet.</source>
        <translation>Đã phê duyệt. Quyết định đã ký chưa được ghi nhận.</translation>
    </message>
    <message>
        <source>Recorded, and not in force yet: the plan in force is still the one before.</source>
        <translation>Đã ghi nhận, chưa có hiệu lực: quy hoạch đang có hiệu lực vẫn là bản trước.</translation>
    </message>
    <message>
        <source>In force from {day}; put into force by {name}, {time}.</source>
        <translation>Có hiệu lực từ {day}; {name} đưa vào hiệu lực, {time}.</translation>
    </message>
    <message>
        <source>Though the map differs: {reason}</source>
        <translation>Dù bản đồ còn lệch: {reason}</translation>
    </message>
    <message>
        <source>Decision {number} of {date}, in force from {effective}</source>
        <translation>Quyết định số {number} ngày {date}, có hiệu lực từ {effective}</translation>
    </message>
    <message>
        <source>Signed by {name}, {office}</source>
        <translation>Người ký: {name}, {office}</translation>
    </message>
    <message>
        <source>File: {name} · SHA-256 {hash}…</source>
        <translation>Tệp: {name} · SHA-256 {hash}…</translation>
    </message>
    <message>
        <source>Recorded by {name}, {time}</source>
        <translation>{name} ghi nhận, {time}</translation>
    </message>
    <message>
        <source>Correction: {reason}</source>
        <translation>Lý do sửa: {reason}</translation>
    </message>
    <message>
        <source>Former record: {number} of {date}, by {name}, {time}</source>
        <translation>Lần ghi trước: số {number} ngày {date}, {name}, {time}</translation>
    </message>
    <message>
        <source>Approved proposals whose decision isn&apos;t in force yet</source>
        <translation>Hồ sơ đã phê duyệt nhưng quyết định chưa có hiệu lực</translation>
    </message>
    <message numerus="yes">
        <source>%n approved proposal(s) wait for their decision</source>
        <translation>
            <numerusform>%n hồ sơ đã phê duyệt chờ ghi nhận quyết định</numerusform>
        </translation>
    </message>
    <message>
        <source>{title}
{commune} · approved {age}</source>
        <translation>{title}
{commune} · phê duyệt {age}</translation>
    </message>
    <message>
        <source>Choose the &amp;PDF…</source>
        <translation>Chọn tệp &amp;PDF…</translation>
    </message>
    <message>
        <source>&amp;Record the decision…</source>
        <translation>&amp;Ghi nhận quyết định…</translation>
    </message>
    <message>
        <source>&amp;Approve and record the decision</source>
        <translation>Phê &amp;duyệt và ghi quyết định</translation>
    </message>
    <message>
        <source>&amp;Approve with the signed decision…</source>
        <translation>Phê &amp;duyệt kèm quyết định đã ký…</translation>
    </message>
    <message>
        <source>Approves and records number, days, signer and file in one go, or neither</source>
        <translation>Phê duyệt và ghi số, ngày, người ký, tệp cùng một lúc, hoặc không gì cả</translation>
    </message>
    <message>
        <source>Signed already? Then approve and record the decision in one go.</source>
        <translation>Đã có quyết định ký? Phê duyệt và ghi quyết định trong một lần.</translation>
    </message>
</context>
<context>
    <name>Delegations</name>
    <message>
        <source>Delegating the signature</source>
        <translation>Ủy quyền ký</translation>
    </message>
    <message>
        <source>Commune</source>
        <translation>Xã</translation>
    </message>
    <message>
        <source>Who signs for you</source>
        <translation>Người ký thay</translation>
    </message>
    <message>
        <source>First day</source>
        <translation>Từ ngày</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>Đến ngày</translation>
    </message>
    <message>
        <source>&amp;Delegate</source>
        <translation>Ủ&amp;y quyền</translation>
    </message>
    <message>
        <source>&amp;End it now</source>
        <translation>&amp;Chấm dứt ngay</translation>
    </message>
    <message>
        <source>Number of the delegating document</source>
        <translation>Số văn bản ủy quyền</translation>
    </message>
    <message>
        <source>for example 05/GUQ-UBND</source>
        <translation>ví dụ 05/GUQ-UBND</translation>
    </message>
    <message>
        <source>Delegations so far</source>
        <translation>Các lần ủy quyền</translation>
    </message>
    <message>
        <source>&amp;Commune</source>
        <translation>&amp;Xã</translation>
    </message>
    <message>
        <source>&amp;Who signs for you</source>
        <translation>Người ký th&amp;ay</translation>
    </message>
    <message>
        <source>&amp;First day</source>
        <translation>&amp;Từ ngày</translation>
    </message>
    <message>
        <source>&amp;Last day</source>
        <translation>Đế&amp;n ngày</translation>
    </message>
    <message>
        <source>&amp;Number of the document</source>
        <translation>&amp;Số văn bản</translation>
    </message>
    <message>
        <source>Each signature then says who signed for you and by which document. Nobody signs off their own.</source>
        <translation>Mỗi lần ký sẽ ghi rõ ai ký thay và theo văn bản nào. Không ai được ký hồ sơ do chính mình lập.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Đóng</translation>
    </message>
    <message>
        <source>Nobody else in the commune has an account: ask the province&apos;s administrator.</source>
        <translation>Trong xã chưa có ai khác có tài khoản: hãy liên hệ quản trị của tỉnh.</translation>
    </message>
    <message>
        <source>Tick what may be signed for you.</source>
        <translation>Đánh dấu những việc được ký thay.</translation>
    </message>
    <message>
        <source>The last day is before the first, or over.</source>
        <translation>Ngày kết thúc trước ngày bắt đầu, hoặc đã qua.</translation>
    </message>
    <message>
        <source>Give the number of the delegating document.</source>
        <translation>Nhập số văn bản ủy quyền.</translation>
    </message>
    <message>
        <source>Asking the province…</source>
        <translation>Đang hỏi tỉnh…</translation>
    </message>
    <message>
        <source>None so far: you sign everything yourself.</source>
        <translation>Chưa ủy quyền lần nào: mọi hồ sơ do ông/bà tự ký.</translation>
    </message>
    <message>
        <source>sign &amp;off proposals</source>
        <translation>&amp;ký hồ sơ của xã</translation>
    </message>
    <message>
        <source>&amp;return them, with a reason</source>
        <translation>t&amp;rả lại, có nêu lý do</translation>
    </message>
    <message>
        <source>consent to other communes&apos; &amp;proposals</source>
        <translation>đồng ý với hồ sơ của xã &amp;khác</translation>
    </message>
    <message>
        <source>in force</source>
        <translation>đang hiệu lực</translation>
    </message>
    <message>
        <source>to come</source>
        <translation>chưa đến ngày</translation>
    </message>
    <message>
        <source>over</source>
        <translation>đã hết hạn</translation>
    </message>
    <message>
        <source>ended early</source>
        <translation>đã chấm dứt</translation>
    </message>
    <message>
        <source>{receiver} for {giver}, {first} – {last} ({state}): {acts}. Document {document}</source>
        <translation>{receiver} ký thay {giver}, {first} – {last} ({state}): {acts}. Văn bản {document}</translation>
    </message>
    <message>
        <source>Delegate the signature…</source>
        <translation>Ủy quyền ký…</translation>
    </message>
</context>
<context>
    <name>Devices</name>
    <message>
        <source>Computers and unsent work</source>
        <translation>Máy tính và việc chưa gửi</translation>
    </message>
    <message>
        <source>Your computers</source>
        <translation>Các máy tính của anh/chị</translation>
    </message>
    <message>
        <source>&amp;Sign out there</source>
        <translation>Đăng &amp;xuất máy đó</translation>
    </message>
    <message>
        <source>Unsent work in the commune</source>
        <translation>Việc chưa gửi của xã</translation>
    </message>
    <message>
        <source>Colleague</source>
        <translation>Đồng nghiệp</translation>
    </message>
    <message>
        <source>&amp;Hand over</source>
        <translation>&amp;Bàn giao</translation>
    </message>
    <message>
        <source>A colleague whom you hand it over to can bring it into their own working copy.</source>
        <translation>Đồng nghiệp được bàn giao có thể mang việc đó về bản làm việc của mình.</translation>
    </message>
    <message>
        <source>A computer that you sign out keeps its data and edits, and can exchange nothing any more.</source>
        <translation>Máy bị đăng xuất vẫn giữ dữ liệu và các chỉnh sửa, nhưng không trao đổi được gì nữa.</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>Đó&amp;ng</translation>
    </message>
    <message>
        <source>unnamed computer</source>
        <translation>máy không tên</translation>
    </message>
    <message>
        <source>{device} (this computer)</source>
        <translation>{device} (máy này)</translation>
    </message>
    <message>
        <source>{device}, last used {time}</source>
        <translation>{device}, dùng lần cuối {time}</translation>
    </message>
    <message>
        <source>Computers and unsent work…</source>
        <translation>Máy tính và việc chưa gửi…</translation>
    </message>
    <message>
        <source>None. What colleagues have drawn and not sent yet is kept here, should their computer fail.</source>
        <translation>Chưa có. Những gì đồng nghiệp đã vẽ mà chưa gửi được giữ ở đây, phòng khi máy của họ hỏng.</translation>
    </message>
</context>
<context>
    <name>Discussion</name>
    <message>
        <source>Back to the thread</source>
        <translation>Trở lại cuộc trao đổi</translation>
    </message>
    <message>
        <source>Your remark</source>
        <translation>Ý kiến của anh/chị</translation>
    </message>
    <message>
        <source>Suggested value</source>
        <translation>Giá trị gợi ý</translation>
    </message>
    <message>
        <source>&amp;Draw a suggestion</source>
        <translation>&amp;Vẽ gợi ý</translation>
    </message>
    <message>
        <source>&amp;Use what is drawn</source>
        <translation>&amp;Dùng hình đã vẽ</translation>
    </message>
    <message>
        <source>Stop drawing</source>
        <translation>Thôi vẽ</translation>
    </message>
    <message>
        <source>S&amp;end</source>
        <translation>&amp;Gửi</translation>
    </message>
    <message>
        <source>Ctrl+Enter. Without a connection it waits here and leaves by itself.</source>
        <translation>Ctrl+Enter. Khi không có mạng, ý kiến chờ trên máy và tự gửi sau.</translation>
    </message>
    <message>
        <source>&amp;New remark</source>
        <translation>&amp;Ý kiến mới</translation>
    </message>
    <message>
        <source>About the &amp;whole proposal</source>
        <translation>Về &amp;toàn bộ hồ sơ</translation>
    </message>
    <message>
        <source>About “{feature}”</source>
        <translation>Về “{feature}”</translation>
    </message>
    <message>
        <source>About an &amp;attribute of it</source>
        <translation>Về một th&amp;uộc tính của đối tượng này</translation>
    </message>
    <message>
        <source>At a &amp;point on the map</source>
        <translation>Tại một đ&amp;iểm trên bản đồ</translation>
    </message>
    <message>
        <source>Along a &amp;line on the map</source>
        <translation>Dọc một đ&amp;ường trên bản đồ</translation>
    </message>
    <message>
        <source>In an a&amp;rea of the map</source>
        <translation>Trong một &amp;vùng trên bản đồ</translation>
    </message>
    <message>
        <source>Draw the place on the map first.</source>
        <translation>Hãy vẽ vị trí trên bản đồ trước.</translation>
    </message>
    <message>
        <source>Write what there is to say; then send.</source>
        <translation>Hãy viết nội dung rồi gửi.</translation>
    </message>
    <message>
        <source>The suggested value doesn&apos;t fit the attribute.</source>
        <translation>Giá trị gợi ý không đúng kiểu của thuộc tính.</translation>
    </message>
    <message>
        <source>Write a remark</source>
        <translation>Viết ý kiến</translation>
    </message>
    <message>
        <source>Write an answer</source>
        <translation>Viết trả lời</translation>
    </message>
    <message>
        <source>Draw the place on the map.</source>
        <translation>Hãy vẽ vị trí trên bản đồ.</translation>
    </message>
    <message>
        <source>Answer:</source>
        <translation>Trả lời:</translation>
    </message>
    <message>
        <source>New, about: {what}</source>
        <translation>Ý kiến mới, về: {what}</translation>
    </message>
    <message>
        <source>with a drawn suggestion</source>
        <translation>kèm hình gợi ý</translation>
    </message>
    <message>
        <source>What was said</source>
        <translation>Nội dung trao đổi</translation>
    </message>
    <message>
        <source>settled it</source>
        <translation>đánh dấu đã xong</translation>
    </message>
    <message>
        <source>opened it again</source>
        <translation>mở lại</translation>
    </message>
    <message>
        <source>version {number}</source>
        <translation>bản {number}</translation>
    </message>
    <message>
        <source>Suggested: {what}</source>
        <translation>Gợi ý: {what}</translation>
    </message>
    <message>
        <source>Nothing was said about this proposal.</source>
        <translation>Chưa có ý kiến nào về hồ sơ này.</translation>
    </message>
    <message>
        <source>No connection: what others said isn&apos;t known here. What you write waits.</source>
        <translation>Không có mạng: chưa biết ý kiến của người khác. Ý kiến anh/chị viết chờ trên máy.</translation>
    </message>
    <message>
        <source>No connection: as of {time}. What you write waits here and leaves by itself.</source>
        <translation>Không có mạng: theo lúc {time}. Ý kiến anh/chị viết chờ trên máy và tự gửi sau.</translation>
    </message>
    <message>
        <source>&amp;Open again</source>
        <translation>&amp;Mở lại</translation>
    </message>
    <message>
        <source>&amp;Settled</source>
        <translation>Đã &amp;xong</translation>
    </message>
    <message>
        <source>a shape</source>
        <translation>hình trên bản đồ</translation>
    </message>
    <message>
        <source>The whole proposal</source>
        <translation>Toàn bộ hồ sơ</translation>
    </message>
    <message>
        <source>A place on the map</source>
        <translation>Vị trí trên bản đồ</translation>
    </message>
    <message>
        <source>open</source>
        <translation>chưa xong</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>đã trả lời</translation>
    </message>
    <message>
        <source>settled</source>
        <translation>đã xong</translation>
    </message>
    <message>
        <source>commune</source>
        <translation>xã</translation>
    </message>
    <message>
        <source>province</source>
        <translation>tỉnh</translation>
    </message>
    <message>
        <source>agency</source>
        <translation>cơ quan</translation>
    </message>
    <message>
        <source>✓ fine</source>
        <translation>✓ đạt</translation>
    </message>
    <message>
        <source>↺ redo</source>
        <translation>↺ làm lại</translation>
    </message>
    <message>
        <source>Discussion ({count})</source>
        <translation>Trao đổi ({count})</translation>
    </message>
    <message>
        <source>Remarks that aren&apos;t settled; with suggestions, about changes or places</source>
        <translation>Ý kiến chưa xong; kèm gợi ý, về thay đổi hoặc vị trí</translation>
    </message>
    <message>
        <source>Nothing is marked to be redone in this version.</source>
        <translation>Không có thay đổi nào phải làm lại ở bản này.</translation>
    </message>
    <message>
        <source>&amp;Back to the list</source>
        <translation>&amp;Trở lại danh sách</translation>
    </message>
    <message>
        <source>To redo ({count})</source>
        <translation>Làm lại ({count})</translation>
    </message>
    <message>
        <source>Opinions ({count})</source>
        <translation>Ý kiến cơ quan ({count})</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Về</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Trạng thái</translation>
    </message>
    <message>
        <source>Remarks</source>
        <translation>Các ý kiến</translation>
    </message>
    <message numerus="yes">
        <source>%n remark(s)</source>
        <translation>
            <numerusform>%n ý kiến</numerusform>
        </translation>
    </message>
    <message>
        <source>What has to be redone</source>
        <translation>Nội dung phải làm lại</translation>
    </message>
    <message>
        <source>What has to be redone; Ctrl+Enter keeps it</source>
        <translation>Nội dung phải làm lại; Ctrl+Enter để ghi</translation>
    </message>
    <message>
        <source>✓ Fine</source>
        <translation>✓ Đạt</translation>
    </message>
    <message>
        <source>↺ Redo…</source>
        <translation>↺ Làm lại…</translation>
    </message>
    <message>
        <source>&amp;Keep</source>
        <translation>&amp;Ghi</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Bỏ đánh giá</translation>
    </message>
    <message>
        <source>This change is fine; on to the next one (V)</source>
        <translation>Thay đổi này đạt; sang thay đổi tiếp (V)</translation>
    </message>
    <message>
        <source>This change has to be redone: say why (R)</source>
        <translation>Thay đổi này phải làm lại: ghi lý do (R)</translation>
    </message>
    <message>
        <source>Take over a suggestion</source>
        <translation>Lấy theo gợi ý</translation>
    </message>
    <message>
        <source>Sketch for a remark</source>
        <translation>Hình vẽ cho ý kiến</translation>
    </message>
    <message>
        <source>show</source>
        <translation>xem</translation>
    </message>
    <message>
        <source>take it over</source>
        <translation>lấy theo gợi ý</translation>
    </message>
    <message>
        <source>discard</source>
        <translation>bỏ</translation>
    </message>
    <message>
        <source>Waits for the connection</source>
        <translation>Chờ có mạng</translation>
    </message>
    <message>
        <source>write it anew</source>
        <translation>viết lại</translation>
    </message>
    <message>
        <source>Not accepted:</source>
        <translation>Chưa được nhận:</translation>
    </message>
    <message>
        <source>Nothing was said yet. Ask about the whole, a change, an attribute or a place on the map.</source>
        <translation>Chưa có ý kiến. Hãy hỏi về toàn bộ hồ sơ, một thay đổi, một thuộc tính hoặc một vị trí trên bản đồ.</translation>
    </message>
    <message>
        <source>Discussion</source>
        <translation>Trao đổi</translation>
    </message>
    <message>
        <source>The attribute has the suggested value already: enter another one, or suggest nothing.</source>
        <translation>Thuộc tính đã có giá trị này: nhập giá trị khác, hoặc bỏ gợi ý.</translation>
    </message>
    <message>
        <source>it is so now</source>
        <translation>nay đã như vậy</translation>
    </message>
    <message>
        <source>has changed since</source>
        <translation>đã thay đổi sau khi gợi ý</translation>
    </message>
    <message>
        <source>What the suggestion is about</source>
        <translation>Gợi ý về nội dung nào</translation>
    </message>
    <message>
        <source>No suggestion</source>
        <translation>Không gợi ý</translation>
    </message>
    <message>
        <source>Suggest: {attribute}</source>
        <translation>Gợi ý: {attribute}</translation>
    </message>
    <message>
        <source>(empty)</source>
        <translation>(để trống)</translation>
    </message>
    <message>
        <source>day/month/year</source>
        <translation>ngày/tháng/năm</translation>
    </message>
    <message>
        <source>Left empty: the attribute is to be empty</source>
        <translation>Để trống: thuộc tính sẽ để trống</translation>
    </message>
    <message>
        <source>{count} new</source>
        <translation>{count} tin mới</translation>
    </message>
</context>
<context>
    <name>Errors</name>
    <message>
        <source>Something unexpected happened, and the step was not carried out.</source>
        <translation>Có sự cố ngoài dự kiến, thao tác chưa được thực hiện.</translation>
    </message>
    <message>
        <source>Try again. If it happens again, send the details to the province&apos;s support.</source>
        <translation>Xin thử lại. Nếu vẫn gặp, hãy gửi phần chi tiết cho bộ phận hỗ trợ của tỉnh.</translation>
    </message>
    <message>
        <source>A value or shape can&apos;t be used as it is, so the step was not carried out.</source>
        <translation>Có giá trị hoặc hình dạng không dùng được, nên thao tác chưa được thực hiện.</translation>
    </message>
    <message>
        <source>Correct it in the working copy. The details name the place.</source>
        <translation>Xin sửa trong bản làm việc. Phần chi tiết cho biết vị trí.</translation>
    </message>
    <message>
        <source>Ask the province&apos;s administrator.</source>
        <translation>Xin liên hệ quản trị viên của tỉnh.</translation>
    </message>
    <message>
        <source>Sign in again; then everything goes on where it stopped.</source>
        <translation>Xin đăng nhập lại; công việc sẽ tiếp tục từ chỗ đang dở.</translation>
    </message>
    <message>
        <source>You are not signed in.</source>
        <translation>Anh/chị chưa đăng nhập.</translation>
    </message>
    <message>
        <source>Your sign-in has expired.</source>
        <translation>Phiên đăng nhập đã hết hạn.</translation>
    </message>
    <message>
        <source>Your sign-in on this computer was ended by the province.</source>
        <translation>Tỉnh đã kết thúc phiên đăng nhập trên máy này.</translation>
    </message>
    <message>
        <source>The name or the password is wrong.</source>
        <translation>Tài khoản hoặc mật khẩu chưa đúng.</translation>
    </message>
    <message>
        <source>Check capital letters and the Vietnamese keyboard, then enter both again.</source>
        <translation>Xin kiểm tra chữ hoa và bộ gõ tiếng Việt rồi nhập lại.</translation>
    </message>
    <message>
        <source>Too many attempts to sign in. The account is safe.</source>
        <translation>Đã thử đăng nhập quá nhiều lần. Tài khoản vẫn an toàn.</translation>
    </message>
    <message>
        <source>Wait a few minutes, then try again.</source>
        <translation>Xin chờ vài phút rồi thử lại.</translation>
    </message>
    <message>
        <source>This account has been closed.</source>
        <translation>Tài khoản này đã bị khóa.</translation>
    </message>
    <message>
        <source>Your account may not do this.</source>
        <translation>Tài khoản của anh/chị không có quyền làm việc này.</translation>
    </message>
    <message>
        <source>Nobody decides on a proposal of their own.</source>
        <translation>Không ai được quyết định hồ sơ do chính mình lập.</translation>
    </message>
    <message>
        <source>Somebody else has to take this step.</source>
        <translation>Bước này phải do người khác thực hiện.</translation>
    </message>
    <message>
        <source>Some changes lie outside your commune: {communes}.</source>
        <translation>Một số thay đổi nằm ngoài xã: {communes}.</translation>
    </message>
    <message>
        <source>Agree with these communes first, or leave the changes out of the proposal.</source>
        <translation>Xin thống nhất với các xã đó trước, hoặc bỏ những thay đổi này khỏi hồ sơ.</translation>
    </message>
    <message>
        <source>You can go on working; what is waiting is sent when the connection is back.</source>
        <translation>Anh/chị vẫn làm việc bình thường; phần đang chờ sẽ tự gửi khi có mạng.</translation>
    </message>
    <message>
        <source>Check the address of the hub with the province&apos;s administrator.</source>
        <translation>Xin hỏi lại quản trị viên của tỉnh về địa chỉ máy chủ.</translation>
    </message>
    <message>
        <source>The province&apos;s hub can&apos;t be reached.</source>
        <translation>Không kết nối được máy chủ quy hoạch của tỉnh.</translation>
    </message>
    <message>
        <source>The province&apos;s hub did not answer in time.</source>
        <translation>Máy chủ quy hoạch của tỉnh phản hồi quá chậm.</translation>
    </message>
    <message>
        <source>The province&apos;s hub has a problem of its own at the moment.</source>
        <translation>Máy chủ quy hoạch của tỉnh đang gặp sự cố.</translation>
    </message>
    <message>
        <source>Another service answers at this address, not a planning hub.</source>
        <translation>Địa chỉ này là của một dịch vụ khác, không phải máy chủ quy hoạch.</translation>
    </message>
    <message>
        <source>The address of the hub is not a valid web address.</source>
        <translation>Địa chỉ máy chủ không hợp lệ.</translation>
    </message>
    <message>
        <source>The hub could not prove that it is the province&apos;s: its certificate isn&apos;t trusted.</source>
        <translation>Chứng thư của máy chủ không đáng tin, chưa chắc đây là máy chủ của tỉnh.</translation>
    </message>
    <message>
        <source>Nothing was sent. Tell the province&apos;s administrator before you go on.</source>
        <translation>Chưa gửi gì đi. Xin báo quản trị viên của tỉnh trước khi làm tiếp.</translation>
    </message>
    <message>
        <source>The hub&apos;s answer can&apos;t be understood.</source>
        <translation>Không hiểu được trả lời của máy chủ.</translation>
    </message>
    <message>
        <source>The hub&apos;s list of layers can&apos;t be understood.</source>
        <translation>Không hiểu được danh mục lớp dữ liệu của máy chủ.</translation>
    </message>
    <message>
        <source>What you asked for isn&apos;t at the province, or your account may not see it.</source>
        <translation>Trên tỉnh không có nội dung này, hoặc tài khoản không được xem.</translation>
    </message>
    <message>
        <source>Refresh the list.</source>
        <translation>Xin làm mới danh sách.</translation>
    </message>
    <message>
        <source>The hub doesn&apos;t know this commune.</source>
        <translation>Máy chủ không có xã này.</translation>
    </message>
    <message>
        <source>This is larger than the hub accepts.</source>
        <translation>Nội dung lớn hơn mức máy chủ cho phép.</translation>
    </message>
    <message>
        <source>Make files smaller (20 MB each at most), or split the proposal.</source>
        <translation>Xin giảm dung lượng tệp (mỗi tệp tối đa 20 MB) hoặc tách hồ sơ.</translation>
    </message>
    <message>
        <source>This plugin and the hub speak different versions.</source>
        <translation>Phiên bản của phần mở rộng và của máy chủ không khớp nhau.</translation>
    </message>
    <message>
        <source>Update the plugin, or ask the province&apos;s administrator which version to use.</source>
        <translation>Xin cập nhật phần mở rộng, hoặc hỏi quản trị viên của tỉnh nên dùng phiên bản nào.</translation>
    </message>
    <message>
        <source>Get the data again; the download goes on where it stopped.</source>
        <translation>Xin lấy dữ liệu về máy lần nữa; việc tải sẽ tiếp tục từ chỗ dừng.</translation>
    </message>
    <message>
        <source>The province&apos;s database was restored, and doesn&apos;t know the state of your working copy.</source>
        <translation>Cơ sở dữ liệu của tỉnh vừa được khôi phục nên không nhận ra bản làm việc này.</translation>
    </message>
    <message>
        <source>Get the data again: your changes are carried over to the fresh copy.</source>
        <translation>Xin lấy dữ liệu về máy lần nữa: các thay đổi sẽ được chuyển sang bản mới.</translation>
    </message>
    <message>
        <source>The province has newer data than what was being downloaded.</source>
        <translation>Tỉnh đã có dữ liệu mới hơn bản đang tải.</translation>
    </message>
    <message>
        <source>The download was cut off.</source>
        <translation>Việc tải dữ liệu bị gián đoạn.</translation>
    </message>
    <message>
        <source>The download doesn&apos;t match what the hub announced, and was thrown away.</source>
        <translation>Dữ liệu tải về không khớp với thông báo của máy chủ nên đã bị loại bỏ.</translation>
    </message>
    <message>
        <source>Stopped, as you asked. Everything is as before.</source>
        <translation>Đã dừng theo yêu cầu. Mọi thứ vẫn như trước.</translation>
    </message>
    <message>
        <source>Move the file away (don&apos;t delete it), then get the data again.</source>
        <translation>Xin chuyển tệp đi chỗ khác (đừng xóa), rồi lấy dữ liệu về máy lần nữa.</translation>
    </message>
    <message>
        <source>The working copy is no longer where it was.</source>
        <translation>Không còn thấy bản làm việc ở chỗ cũ.</translation>
    </message>
    <message>
        <source>If you moved the file, put it back. Otherwise get the data again.</source>
        <translation>Nếu đã chuyển tệp, xin đặt lại chỗ cũ. Nếu không, hãy lấy dữ liệu về máy lần nữa.</translation>
    </message>
    <message>
        <source>What was sent is safe at the province.</source>
        <translation>Những gì đã gửi vẫn an toàn trên tỉnh.</translation>
    </message>
    <message>
        <source>The file isn&apos;t a working copy of this plugin.</source>
        <translation>Tệp này không phải bản làm việc của phần mở rộng.</translation>
    </message>
    <message>
        <source>The working copy is damaged.</source>
        <translation>Bản làm việc bị hỏng.</translation>
    </message>
    <message>
        <source>The working copy belongs to another province&apos;s hub.</source>
        <translation>Bản làm việc thuộc máy chủ của tỉnh khác.</translation>
    </message>
    <message>
        <source>The working copy belongs to another commune.</source>
        <translation>Bản làm việc thuộc xã khác.</translation>
    </message>
    <message>
        <source>The working copy was made by a newer version of the plugin.</source>
        <translation>Bản làm việc do phiên bản mới hơn của phần mở rộng tạo ra.</translation>
    </message>
    <message>
        <source>The working copy lies on a network drive, where it can only be read safely.</source>
        <translation>Bản làm việc nằm trên ổ đĩa mạng, ở đó chỉ đọc mới an toàn.</translation>
    </message>
    <message>
        <source>The working copy is being written to by another program.</source>
        <translation>Chương trình khác đang ghi vào bản làm việc.</translation>
    </message>
    <message>
        <source>Wait a moment, then try again.</source>
        <translation>Xin chờ giây lát rồi thử lại.</translation>
    </message>
    <message>
        <source>A layer is still being edited ({holders}), so the province&apos;s changes wait.</source>
        <translation>Còn lớp đang được chỉnh sửa ({holders}), nên thay đổi của tỉnh phải chờ.</translation>
    </message>
    <message>
        <source>Save your edits and leave edit mode there, then get the data again.</source>
        <translation>Xin lưu và tắt chế độ chỉnh sửa ở đó, rồi lấy dữ liệu về máy lần nữa.</translation>
    </message>
    <message>
        <source>The layer “{layer}” was overwritten, and the record of its changes is gone.</source>
        <translation>Lớp “{layer}” đã bị ghi đè, phần ghi nhận thay đổi không còn.</translation>
    </message>
    <message>
        <source>The layer “{layer}” was replaced by another table.</source>
        <translation>Lớp “{layer}” đã bị thay bằng bảng khác.</translation>
    </message>
    <message>
        <source>The attributes of the layer “{layer}” were changed.</source>
        <translation>Danh sách thuộc tính của lớp “{layer}” đã bị thay đổi.</translation>
    </message>
    <message>
        <source>Undo the change of attributes, or bring the record back.</source>
        <translation>Xin hoàn tác việc đổi thuộc tính, hoặc khôi phục việc ghi nhận.</translation>
    </message>
    <message>
        <source>Refresh the list to see how it stands.</source>
        <translation>Xin làm mới danh sách để xem tình hình.</translation>
    </message>
    <message>
        <source>The proposal contains no changes.</source>
        <translation>Hồ sơ chưa có thay đổi nào.</translation>
    </message>
    <message>
        <source>Draw or edit first and save the layer, or tick changes in the list.</source>
        <translation>Xin vẽ hoặc sửa rồi lưu lớp, hoặc đánh dấu thay đổi trong danh sách.</translation>
    </message>
    <message>
        <source>The changes belong to several plans: {plans}. A proposal is for one plan only.</source>
        <translation>Các thay đổi thuộc nhiều đồ án: {plans}. Mỗi hồ sơ chỉ dành cho một đồ án.</translation>
    </message>
    <message>
        <source>Split them into one proposal for each plan.</source>
        <translation>Xin tách thành mỗi đồ án một hồ sơ.</translation>
    </message>
    <message>
        <source>Somebody else changed the same features ({conflicts}) meanwhile.</source>
        <translation>Trong lúc đó có người khác cũng sửa các đối tượng này ({conflicts}).</translation>
    </message>
    <message>
        <source>The proposal has moved on meanwhile (now: {state}).</source>
        <translation>Hồ sơ đã chuyển sang bước khác (hiện nay: {state}).</translation>
    </message>
    <message>
        <source>This version was sent before with other content.</source>
        <translation>Bản này đã được gửi trước đó với nội dung khác.</translation>
    </message>
    <message>
        <source>Send it again: it becomes the next version.</source>
        <translation>Xin gửi lại: đó sẽ là bản tiếp theo.</translation>
    </message>
    <message>
        <source>Plan, title, ground or reason is still missing.</source>
        <translation>Còn thiếu đồ án, tên hồ sơ, căn cứ hoặc lý do.</translation>
    </message>
    <message>
        <source>Fill in what is marked, then send.</source>
        <translation>Xin điền đủ rồi gửi.</translation>
    </message>
    <message>
        <source>The result has changed since you looked at it, so nothing was decided.</source>
        <translation>Kết quả đã thay đổi so với lúc anh/chị xem, nên chưa có quyết định nào được ghi.</translation>
    </message>
    <message>
        <source>Look at it again, then decide.</source>
        <translation>Xin xem lại rồi quyết định.</translation>
    </message>
    <message>
        <source>The planning rules find errors in the result, so it can&apos;t be approved.</source>
        <translation>Kết quả còn lỗi theo quy định quy hoạch nên chưa phê duyệt được.</translation>
    </message>
    <message>
        <source>See the list of findings; return the proposal with the reason.</source>
        <translation>Xin xem danh sách kiểm tra; trả lại hồ sơ kèm lý do.</translation>
    </message>
    <message>
        <source>A file of the proposal hasn&apos;t reached the province.</source>
        <translation>Có tệp của hồ sơ chưa đến tỉnh.</translation>
    </message>
    <message>
        <source>Send again: the file goes along.</source>
        <translation>Xin gửi lại: tệp sẽ đi kèm.</translation>
    </message>
    <message>
        <source>A file was altered on its way to the province.</source>
        <translation>Có tệp bị sai lệch trên đường gửi lên tỉnh.</translation>
    </message>
    <message>
        <source>Send again.</source>
        <translation>Xin gửi lại.</translation>
    </message>
    <message>
        <source>The file can&apos;t be read.</source>
        <translation>Không đọc được tệp.</translation>
    </message>
    <message>
        <source>Close it in other programs, or choose another file.</source>
        <translation>Xin đóng tệp ở chương trình khác, hoặc chọn tệp khác.</translation>
    </message>
    <message>
        <source>The hub refused the content as invalid.</source>
        <translation>Máy chủ không nhận vì nội dung chưa hợp lệ.</translation>
    </message>
    <message>
        <source>Correct the features in the list of problems, then send again.</source>
        <translation>Xin sửa các đối tượng trong danh sách cần sửa rồi gửi lại.</translation>
    </message>
    <message>
        <source>Draw the shape again, or delete the feature.</source>
        <translation>Xin vẽ lại hình, hoặc xóa đối tượng.</translation>
    </message>
    <message>
        <source>The shape can&apos;t be read, or has curves.</source>
        <translation>Không đọc được hình dạng, hoặc hình có cung cong.</translation>
    </message>
    <message>
        <source>The shape has curves, which the standard doesn&apos;t know.</source>
        <translation>Hình có cung cong, chuẩn dữ liệu không cho phép.</translation>
    </message>
    <message>
        <source>Replace the curve by short straight lines.</source>
        <translation>Xin thay cung cong bằng các đoạn thẳng ngắn.</translation>
    </message>
    <message>
        <source>The feature has no shape.</source>
        <translation>Đối tượng chưa có hình dạng.</translation>
    </message>
    <message>
        <source>The shape crosses or touches itself.</source>
        <translation>Hình tự cắt hoặc tự chạm.</translation>
    </message>
    <message>
        <source>Correct it with the vertex tool.</source>
        <translation>Xin sửa bằng công cụ đỉnh.</translation>
    </message>
    <message>
        <source>A corner of the shape has no usable coordinates.</source>
        <translation>Có đỉnh của hình không có tọa độ hợp lệ.</translation>
    </message>
    <message>
        <source>The shape is of another kind than the layer ({found}).</source>
        <translation>Kiểu hình không đúng với lớp ({found}).</translation>
    </message>
    <message>
        <source>“{value}” doesn't fit the attribute “{field}”.</source>
        <translation>“{value}” không hợp với thuộc tính “{field}”.</translation>
    </message>
    <message>
        <source>Correct it in the attribute form.</source>
        <translation>Xin sửa trong bảng nhập thuộc tính.</translation>
    </message>
    <message>
        <source>The text of “{field}” is too long: {length} characters, at most {limit}.</source>
        <translation>Nội dung “{field}” quá dài: {length} ký tự, tối đa {limit}.</translation>
    </message>
    <message>
        <source>Shorten it in the attribute form.</source>
        <translation>Xin rút gọn trong bảng nhập thuộc tính.</translation>
    </message>
    <message>
        <source>The feature belongs to no plan.</source>
        <translation>Đối tượng chưa thuộc đồ án nào.</translation>
    </message>
    <message>
        <source>Choose the plan in the attribute form.</source>
        <translation>Xin chọn đồ án trong bảng nhập thuộc tính.</translation>
    </message>
    <message>
        <source>The hub doesn't know the layer “{layer}”.</source>
        <translation>Máy chủ không có lớp “{layer}”.</translation>
    </message>
    <message>
        <source>The layer “{layer}” has no attribute “{field}” at the province.</source>
        <translation>Trên tỉnh, lớp “{layer}” không có thuộc tính “{field}”.</translation>
    </message>
    <message>
        <source>Commune planning</source>
        <translation>Quy hoạch xã</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Chi tiết</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Sao chép</translation>
    </message>
    <message>
        <source>C&amp;lose</source>
        <translation>Đón&amp;g</translation>
    </message>
    <message>
        <source>No data is lost.</source>
        <translation>Không mất dữ liệu.</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Đăng nhập</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Thử lại</translation>
    </message>
    <message>
        <source>Get data</source>
        <translation>Lấy dữ liệu về máy</translation>
    </message>
    <message>
        <source>Bring back the record</source>
        <translation>Khôi phục ghi nhận</translation>
    </message>
    <message>
        <source>Split by plan</source>
        <translation>Tách theo đồ án</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Xem lại</translation>
    </message>
    <message>
        <source>Show conflicts</source>
        <translation>Xem xung đột</translation>
    </message>
    <message>
        <source>The province&apos;s changes did not arrive whole.</source>
        <translation>Các thay đổi của tỉnh chưa về đủ.</translation>
    </message>
    <message>
        <source>Another QGIS has brought the working copy up to date meanwhile.</source>
        <translation>Một cửa sổ QGIS khác vừa cập nhật bản làm việc này.</translation>
    </message>
    <message>
        <source>Get the data again.</source>
        <translation>Xin lấy dữ liệu về máy lần nữa.</translation>
    </message>
    <message>
        <source>There is a working copy already, and it is never overwritten.</source>
        <translation>Đã có bản làm việc và phần mềm không bao giờ ghi đè lên nó.</translation>
    </message>
    <message>
        <source>Open it, or move the file away first.</source>
        <translation>Xin mở bản đó, hoặc chuyển tệp đi chỗ khác trước.</translation>
    </message>
    <message>
        <source>The working copy can&apos;t be read.</source>
        <translation>Không đọc được bản làm việc.</translation>
    </message>
    <message>
        <source>The recording of changes is switched off.</source>
        <translation>Việc ghi nhận thay đổi đang bị tắt.</translation>
    </message>
    <message>
        <source>The layer “{layer}” has lost its spatial index.</source>
        <translation>Lớp “{layer}” mất chỉ mục không gian.</translation>
    </message>
    <message>
        <source>The layer “{layer}” is no longer listed in the file.</source>
        <translation>Lớp “{layer}” không còn được khai báo trong tệp.</translation>
    </message>
    <message>
        <source>The layer “{layer}” is missing from the file.</source>
        <translation>Trong tệp không còn lớp “{layer}”.</translation>
    </message>
    <message>
        <source>Bring the record back: the layer is restored as the province sent it.</source>
        <translation>Xin khôi phục: lớp sẽ trở về như tỉnh đã gửi.</translation>
    </message>
    <message>
        <source>Edits of this layer that were not sent may be gone.</source>
        <translation>Chỉnh sửa chưa gửi của lớp này có thể đã mất.</translation>
    </message>
    <message>
        <source>The layer “{layer}” can't be read.</source>
        <translation>Không đọc được lớp “{layer}”.</translation>
    </message>
    <message>
        <source>Some of the changes are in a proposal that isn&apos;t decided yet.</source>
        <translation>Một số thay đổi đang nằm trong hồ sơ chưa có quyết định.</translation>
    </message>
    <message>
        <source>Leave them out, or withdraw that proposal first.</source>
        <translation>Xin bỏ các thay đổi đó ra, hoặc rút hồ sơ kia trước.</translation>
    </message>
    <message>
        <source>Some features can&apos;t be sent as they are.</source>
        <translation>Một số đối tượng chưa gửi được.</translation>
    </message>
    <message>
        <source>This draft isn&apos;t in the working copy any more.</source>
        <translation>Bản soạn này không còn trong bản làm việc.</translation>
    </message>
    <message>
        <source>The file is larger than the hub accepts.</source>
        <translation>Tệp lớn hơn mức máy chủ cho phép.</translation>
    </message>
    <message>
        <source>Make it smaller: 20 MB at most.</source>
        <translation>Xin giảm dung lượng: tối đa 20 MB.</translation>
    </message>
    <message>
        <source>The plan of the feature isn&apos;t at the province.</source>
        <translation>Trên tỉnh không có đồ án của đối tượng này.</translation>
    </message>
    <message>
        <source>The feature has no identity of its own.</source>
        <translation>Đối tượng chưa có mã định danh riêng.</translation>
    </message>
    <message>
        <source>Copy it, paste it into the same layer and delete the old one.</source>
        <translation>Xin sao chép, dán vào chính lớp đó rồi xóa đối tượng cũ.</translation>
    </message>
    <message>
        <source>The copy of the province&apos;s data that is kept for comparing is missing or damaged.</source>
        <translation>Bản dữ liệu của tỉnh giữ để đối chiếu bị thiếu hoặc hỏng.</translation>
    </message>
    <message>
        <source>The layer “{layer}” could not be saved; your edits are still in QGIS.</source>
        <translation>Chưa lưu được lớp “{layer}”; các chỉnh sửa vẫn còn trong QGIS.</translation>
    </message>
    <message>
        <source>Wait a moment and save the layer again.</source>
        <translation>Xin chờ giây lát rồi lưu lớp lần nữa.</translation>
    </message>
    <message>
        <source>This conflict is decided already.</source>
        <translation>Xung đột này đã được quyết định.</translation>
    </message>
    <message>
        <source>In this conflict something is still undecided.</source>
        <translation>Xung đột này còn mục chưa được chọn.</translation>
    </message>
    <message>
        <source>Choose a side in each marked line, then apply.</source>
        <translation>Hãy chọn một bên ở mỗi dòng được đánh dấu rồi áp dụng.</translation>
    </message>
    <message>
        <source>This can&apos;t be chosen here, so nothing was decided.</source>
        <translation>Không thể chọn như vậy ở đây nên chưa có gì được quyết định.</translation>
    </message>
    <message>
        <source>Choose one side for values that belong together.</source>
        <translation>Hãy chọn cùng một bên cho các giá trị đi liền với nhau.</translation>
    </message>
    <message>
        <source>This decision can&apos;t be undone any more: the feature has changed since.</source>
        <translation>Không thể hoàn tác quyết định này nữa: đối tượng đã thay đổi sau đó.</translation>
    </message>
    <message>
        <source>Edit the feature, or revert its change.</source>
        <translation>Hãy sửa đối tượng, hoặc bỏ thay đổi của nó.</translation>
    </message>
    <message>
        <source>The province has removed or remade what this working copy has: {obstacles}. It can&apos;t be updated.</source>
        <translation>Tỉnh đã bỏ hoặc đổi kiểu một phần của bản làm việc này: {obstacles}. Bản này không cập nhật tiếp được.</translation>
    </message>
    <message>
        <source>Nothing is lost: your edits ({edits}) are still here, and also in {path}.</source>
        <translation>Không mất gì: các chỉnh sửa của anh/chị ({edits}) vẫn còn ở đây và đã được lưu thêm vào {path}.</translation>
    </message>
    <message>
        <source>Get a fresh working copy</source>
        <translation>Tải bản làm việc mới</translation>
    </message>
    <message>
        <source>Your drawing is still in the file.</source>
        <translation>Bản vẽ của anh/chị vẫn còn trong tệp.</translation>
    </message>
    <message>
        <source>The province may have received this proposal already, so it can&apos;t be taken back here.</source>
        <translation>Có thể tỉnh đã nhận hồ sơ này, nên không lấy lại tại máy được.</translation>
    </message>
    <message>
        <source>Send it; then it can be withdrawn.</source>
        <translation>Hãy gửi, sau đó có thể rút hồ sơ.</translation>
    </message>
    <message>
        <source>A text of the proposal is too long: {length} characters, at most {limit}.</source>
        <translation>Nội dung chữ của hồ sơ quá dài: {length} ký tự, tối đa {limit}.</translation>
    </message>
    <message>
        <source>Shorten it, then send again.</source>
        <translation>Hãy rút gọn rồi gửi lại.</translation>
    </message>
    <message>
        <source>A text of the proposal has characters that can&apos;t be sent.</source>
        <translation>Nội dung chữ của hồ sơ có ký tự không gửi được.</translation>
    </message>
    <message>
        <source>Type it again instead of pasting it, then send again.</source>
        <translation>Hãy gõ lại thay vì dán, rồi gửi lại.</translation>
    </message>
    <message numerus="yes">
        <source> and %n more</source>
        <translation>
            <numerusform> và %n lớp khác</numerusform>
        </translation>
    </message>
    <message>
        <source>Bring the record back: until then nothing is pulled or sent.</source>
        <translation>Hãy khôi phục ghi nhận: trước đó không lấy dữ liệu và không gửi hồ sơ được.</translation>
    </message>
    <message>
        <source>The record of changes is damaged; your drawing is safe.</source>
        <translation>Ghi nhận thay đổi bị hỏng; bản vẽ vẫn còn.</translation>
    </message>
    <message>
        <source>A layer is missing from the working copy.</source>
        <translation>Bản làm việc bị thiếu một lớp.</translation>
    </message>
    <message>
        <source>Return the proposal: the commune gets the data, decides the conflicts and sends again.</source>
        <translation>Hãy trả lại hồ sơ: xã lấy dữ liệu, xử lý xung đột rồi gửi lại.</translation>
    </message>
    <message>
        <source>{count} of these features were changed by somebody else too, and it isn&apos;t decided what stands.</source>
        <translation>{count} đối tượng trong số này cũng bị người khác sửa và chưa quyết định giữ bên nào.</translation>
    </message>
    <message>
        <source>Decide the conflicts, then send.</source>
        <translation>Hãy xử lý xung đột rồi gửi.</translation>
    </message>
    <message>
        <source>A constraint that another program put on the working copy doesn&apos;t allow this.</source>
        <translation>Một ràng buộc do chương trình khác đặt trên bản làm việc không cho phép việc này.</translation>
    </message>
    <message>
        <source>Remove that constraint (often a unique index) from the table, then try again.</source>
        <translation>Hãy gỡ ràng buộc đó (thường là chỉ mục duy nhất) khỏi bảng rồi thử lại.</translation>
    </message>
    <message>
        <source>Check Settings → Options → Network → Proxy in QGIS; what is waiting is sent afterwards.</source>
        <translation>Hãy kiểm tra Thiết lập → Tùy chọn → Mạng → Proxy trong QGIS; những gì đang chờ sẽ được gửi sau đó.</translation>
    </message>
    <message>
        <source>The proxy server on the way to the province doesn&apos;t answer or refuses.</source>
        <translation>Máy chủ proxy trên đường đến tỉnh không trả lời hoặc từ chối.</translation>
    </message>
    <message>
        <source>The proxy server on the way to the province doesn&apos;t accept the name or password set for it in QGIS.</source>
        <translation>Máy chủ proxy trên đường đến tỉnh không chấp nhận tên hoặc mật khẩu đã đặt cho nó trong QGIS.</translation>
    </message>
    <message>
        <source>A part of the proposal or its files was lost on its way to the province.</source>
        <translation>Một phần của hồ sơ hoặc tệp kèm theo bị thất lạc trên đường đến tỉnh.</translation>
    </message>
    <message>
        <source>It stays here and is sent again.</source>
        <translation>Bản trên máy này vẫn còn và sẽ được gửi lại.</translation>
    </message>
    <message>
        <source>A layer is still being edited ({layer}), so nothing was written under it.</source>
        <translation>Còn lớp đang được chỉnh sửa ({layer}) nên chưa ghi gì vào lớp đó.</translation>
    </message>
    <message>
        <source>Save your edits, leave edit mode, then do it again.</source>
        <translation>Hãy lưu, thoát chế độ chỉnh sửa rồi làm lại.</translation>
    </message>
    <message>
        <source>Another proposal that isn&apos;t decided yet builds on this one.</source>
        <translation>Một hồ sơ khác chưa được quyết định đang dựa trên hồ sơ này.</translation>
    </message>
    <message>
        <source>Take back or withdraw that one first; its changes stay with you.</source>
        <translation>Hãy lấy lại hoặc rút hồ sơ đó trước; các thay đổi của nó vẫn ở máy của anh/chị.</translation>
    </message>
    <message>
        <source>The proposal builds on others that aren&apos;t decided yet, so it can&apos;t be approved before them.</source>
        <translation>Hồ sơ dựa trên các hồ sơ khác chưa được quyết định, nên chưa thể phê duyệt trước các hồ sơ đó.</translation>
    </message>
    <message>
        <source>Decide on the proposals that it builds on first; they are named at its head.</source>
        <translation>Hãy quyết định các hồ sơ gốc trước; chúng được nêu ở đầu hồ sơ.</translation>
    </message>
    <message>
        <source>A proposal that this one is linked with was rejected, so this one can&apos;t be approved as it is.</source>
        <translation>Một hồ sơ liên kết đã bị từ chối, nên hồ sơ này không thể phê duyệt như hiện có.</translation>
    </message>
    <message>
        <source>Return it with the reason: the commune takes out what both share, and sends again.</source>
        <translation>Hãy trả lại kèm lý do: xã bỏ phần chung của hai hồ sơ rồi gửi lại.</translation>
    </message>
    <message>
        <source>The proposal that this one builds on isn&apos;t at the province, or was rejected or withdrawn there.</source>
        <translation>Hồ sơ gốc mà hồ sơ này dựa trên chưa có ở tỉnh, hoặc đã bị từ chối hay đã rút.</translation>
    </message>
    <message>
        <source>Look at your changes, then send them again: all of them that are still wanted.</source>
        <translation>Hãy xem lại các thay đổi, rồi gửi lại những thay đổi vẫn còn cần.</translation>
    </message>
    <message>
        <source>The proposal can&apos;t be linked with the other one as it is at the province.</source>
        <translation>Hồ sơ không thể liên kết với hồ sơ kia như hiện có ở tỉnh.</translation>
    </message>
    <message>
        <source>Send the changes again, in proposals of their own.</source>
        <translation>Hãy gửi lại các thay đổi trong những hồ sơ riêng.</translation>
    </message>
    <message>
        <source>The fresh data could not take over all of your changes, so nothing was changed.</source>
        <translation>Dữ liệu mới lấy không tiếp nhận được hết các thay đổi của anh/chị, nên chưa có gì bị thay đổi.</translation>
    </message>
    <message>
        <source>You can go on working. Send the details to the province&apos;s support.</source>
        <translation>Anh/chị vẫn tiếp tục làm việc được. Hãy gửi thông tin chi tiết cho bộ phận hỗ trợ của tỉnh.</translation>
    </message>
    <message>
        <source>The hub doesn&apos;t accept this working copy&apos;s name.</source>
        <translation>Máy chủ tỉnh không chấp nhận mã của bản làm việc này.</translation>
    </message>
    <message>
        <source>Send the details to the province&apos;s support.</source>
        <translation>Xin gửi phần chi tiết cho bộ phận hỗ trợ của tỉnh.</translation>
    </message>
    <message>
        <source>The hub can&apos;t take the unsent work in for safekeeping. It stays on this computer.</source>
        <translation>Máy chủ tỉnh chưa nhận giữ được phần việc chưa gửi. Phần này vẫn ở trên máy này.</translation>
    </message>
    <message>
        <source>This account doesn&apos;t work for the commune.</source>
        <translation>Tài khoản này không làm việc cho xã.</translation>
    </message>
    <message>
        <source>Choose a colleague from the list.</source>
        <translation>Xin chọn một đồng nghiệp trong danh sách.</translation>
    </message>
    <message>
        <source>A feature was edited while the province&apos;s changes were being written.</source>
        <translation>Có đối tượng được sửa đúng lúc đang ghi thay đổi của tỉnh.</translation>
    </message>
    <message>
        <source>The disk that the working copy lies on is full.</source>
        <translation>Ổ đĩa chứa bản làm việc đã đầy.</translation>
    </message>
    <message>
        <source>Free some space on it, then try again.</source>
        <translation>Hãy giải phóng bớt dung lượng trên ổ đĩa, rồi thử lại.</translation>
    </message>
    <message>
        <source>Nothing is lost: everything is as it was before this step.</source>
        <translation>Không mất gì: mọi thứ vẫn như trước bước này.</translation>
    </message>
    <message>
        <source>Look at that one again and agree to it, then to this one.</source>
        <translation>Hãy xem lại và đồng ý hồ sơ đó, rồi đến hồ sơ này.</translation>
    </message>
    <message>
        <source>The working copy is write-protected: it can be read, and nothing can be drawn or sent.</source>
        <translation>Bản làm việc bị chống ghi: có thể xem, nhưng không thể vẽ hay gửi gì.</translation>
    </message>
    <message>
        <source>Take the write protection off the file and its folder, or go on with a copy on this computer.</source>
        <translation>Hãy bỏ chống ghi cho tệp và thư mục chứa nó, hoặc làm tiếp với một bản sao trên máy này.</translation>
    </message>
    <message>
        <source>Go on with a copy on this computer&apos;s own disk; the file on the network drive stays as it is.</source>
        <translation>Hãy làm tiếp với một bản sao trên ổ đĩa của máy này; tệp trên ổ đĩa mạng giữ nguyên.</translation>
    </message>
    <message>
        <source>Copy to this computer</source>
        <translation>Sao chép về máy này</translation>
    </message>
    <message>
        <source>Linked proposal no. {number} has changed since it was agreed to, so nothing was applied.</source>
        <translation>Hồ sơ liên kết số {number} đã thay đổi từ khi được đồng ý, nên chưa áp dụng gì.</translation>
    </message>
    <message>
        <source>The province keeps no more unsent work of your account; what is new or changed is on this computer alone.</source>
        <translation>Máy chủ tỉnh đã giữ hết mức việc chưa gửi của tài khoản này; phần mới vẽ, mới sửa chỉ có trên máy này.</translation>
    </message>
    <message>
        <source>Too many files of your account wait at the province for a proposal that names them.</source>
        <translation>Tài khoản này đã gửi lên tỉnh quá nhiều tệp mà chưa có hồ sơ nào kèm theo.</translation>
    </message>
    <message>
        <source>Too many wait for the province&apos;s news at the moment.</source>
        <translation>Hiện có quá nhiều máy cùng chờ tin từ tỉnh.</translation>
    </message>
    <message>
        <source>Send or revert what is finished, or have the administrator clear what your other computers left.</source>
        <translation>Hãy gửi đi hoặc hoàn lại những thay đổi đã xong, hoặc nhờ quản trị của tỉnh dọn phần các máy khác của anh/chị để lại.</translation>
    </message>
    <message>
        <source>Send the proposals that they belong to, then send this one again. What none names is removed in time.</source>
        <translation>Hãy gửi các hồ sơ có những tệp ấy, rồi gửi lại hồ sơ này. Tệp không hồ sơ nào dùng sẽ dần tự được xóa.</translation>
    </message>
    <message>
        <source>A planning hub answers at {url}, but without encryption: the address was tried with https.</source>
        <translation>Máy chủ quy hoạch có trả lời tại {url} nhưng không mã hóa; địa chỉ vừa rồi được thử bằng https.</translation>
    </message>
    <message>
        <source>A hub answers at this address, but without encryption: anybody on the way could read along.</source>
        <translation>Máy chủ ở địa chỉ này trả lời nhưng không mã hóa: người khác trên đường truyền có thể đọc trộm.</translation>
    </message>
    <message>
        <source>Nothing was sent, your password neither. Ask the province&apos;s administrator for an address with https.</source>
        <translation>Chưa gửi gì đi, kể cả mật khẩu. Xin hỏi quản trị viên của tỉnh địa chỉ có https.</translation>
    </message>
    <message>
        <source>Nothing was sent. In your own office type {url}; others there could read the password.</source>
        <translation>Chưa gửi gì đi. Nếu máy chủ đặt trong mạng nội bộ cơ quan, hãy gõ {url}; khi đó người khác trong mạng có thể đọc được mật khẩu.</translation>
    </message>
    <message>
        <source>Get a fresh working copy: what you drew and wrote is taken along. This one stays beside it.</source>
        <translation>Xin tải một bản làm việc mới: những gì anh/chị đã vẽ và soạn được mang theo. Bản này vẫn nằm bên cạnh.</translation>
    </message>
    <message>
        <source>Open the decision again and look at what is recorded now.</source>
        <translation>Mở lại quyết định và xem nội dung đã ghi nhận hiện nay.</translation>
    </message>
    <message>
        <source>The map differs from what the decision states, so it was not put into force.</source>
        <translation>Bản đồ khác với số liệu ghi trong quyết định nên chưa đưa vào hiệu lực.</translation>
    </message>
    <message>
        <source>A decision has been recorded for this proposal already.</source>
        <translation>Hồ sơ này đã được ghi nhận quyết định.</translation>
    </message>
    <message>
        <source>Somebody else has recorded the decision anew meanwhile.</source>
        <translation>Trong lúc đó đã có người khác ghi nhận lại quyết định.</translation>
    </message>
    <message>
        <source>This decision is in force already.</source>
        <translation>Quyết định này đã được đưa vào hiệu lực.</translation>
    </message>
    <message>
        <source>A decision can&apos;t be in force before the day on which it was signed.</source>
        <translation>Quyết định không thể có hiệu lực trước ngày ký.</translation>
    </message>
    <message>
        <source>Correct one of the two days.</source>
        <translation>Hãy sửa một trong hai ngày.</translation>
    </message>
    <message>
        <source>The hub doesn&apos;t understand the decision as it was sent.</source>
        <translation>Máy chủ tỉnh không hiểu nội dung quyết định đã gửi.</translation>
    </message>
    <message>
        <source>A colleague has marked this task as done already.</source>
        <translation>Đồng nghiệp đã đánh dấu hoàn thành việc này.</translation>
    </message>
    <message>
        <source>Refresh the list to see who and when.</source>
        <translation>Làm mới danh sách để xem ai làm và lúc nào.</translation>
    </message>
    <message>
        <source>Correct the record or ask for a new proposal; an approver may confirm the difference with a reason.</source>
        <translation>Hãy sửa lại số liệu đã ghi nhận hoặc yêu cầu xã lập hồ sơ mới; người phê duyệt có thể xác nhận sai khác kèm lý do.</translation>
    </message>
    <message>
        <source>By the matrix of authority somebody else takes this step.</source>
        <translation>Theo bảng phân cấp thẩm quyền, bước này do người khác thực hiện.</translation>
    </message>
    <message>
        <source>The line “Authority” in the review says who.</source>
        <translation>Dòng “Thẩm quyền” trong hồ sơ cho biết là ai.</translation>
    </message>
    <message>
        <source>Who appraised a proposal doesn&apos;t approve it: the appraisal is a step of its own here.</source>
        <translation>Người đã thẩm định thì không phê duyệt: ở đây thẩm định là một bước riêng.</translation>
    </message>
    <message>
        <source>The proposal hasn&apos;t been appraised yet, and can&apos;t be approved before.</source>
        <translation>Hồ sơ chưa được thẩm định nên chưa thể phê duyệt.</translation>
    </message>
    <message>
        <source>The line “Waits for” in the review says who appraises it.</source>
        <translation>Dòng “Chờ” trong hồ sơ cho biết ai thẩm định.</translation>
    </message>
    <message>
        <source>Communes that the changes reach into haven&apos;t consented: {communes}.</source>
        <translation>Các xã có liên quan chưa đồng ý: {communes}.</translation>
    </message>
    <message>
        <source>Wait for them, or tick that the province decides without them; then approve again.</source>
        <translation>Hãy chờ các xã đó, hoặc đánh dấu rằng tỉnh quyết định khi chưa có ý kiến đồng ý, rồi phê duyệt lại.</translation>
    </message>
    <message>
        <source>Tell the province&apos;s administrator and inspectors: what was seen is kept in this working copy as proof.</source>
        <translation>Hãy báo cho quản trị viên của tỉnh và cơ quan thanh tra: những gì máy này đã thấy được giữ trong bản làm việc làm bằng chứng.</translation>
    </message>
    <message>
        <source>The province&apos;s record of decisions isn&apos;t the one that this computer has seen.</source>
        <translation>Nhật ký phê duyệt của tỉnh không còn khớp với bản mà máy này đã thấy.</translation>
    </message>
    <message>
        <source>The state of the province&apos;s record of decisions isn&apos;t signed by the hub, and was not kept.</source>
        <translation>Trạng thái nhật ký phê duyệt mà máy chủ gửi không có chữ ký đúng nên không được giữ làm bằng chứng.</translation>
    </message>
    <message>
        <source>The province&apos;s record of decisions is signed with another key than on {seen_at}.</source>
        <translation>Nhật ký phê duyệt của tỉnh được ký bằng khóa khác với khóa lúc {seen_at}.</translation>
    </message>
    <message>
        <source>Ask the province&apos;s administrator whether the key was renewed. The former one is {key}.</source>
        <translation>Hãy hỏi quản trị viên của tỉnh xem khóa có được thay không. Khóa trước là {key}.</translation>
    </message>
    <message>
        <source>The province&apos;s record of decisions is signed with another key.</source>
        <translation>Nhật ký phê duyệt của tỉnh được ký bằng khóa khác.</translation>
    </message>
    <message>
        <source>The province&apos;s record of decisions isn&apos;t the one seen here on {seen_at}: after {agreed_at} it was altered.</source>
        <translation>Nhật ký phê duyệt của tỉnh không còn khớp với bản máy này thấy lúc {seen_at}: phần ghi sau {agreed_at} đã bị sửa hoặc xóa.</translation>
    </message>
    <message>
        <source>The province&apos;s record of decisions isn&apos;t the one seen here on {seen_at}, nor any seen before.</source>
        <translation>Nhật ký phê duyệt của tỉnh không còn khớp với bản máy này thấy lúc {seen_at}, và với mọi bản đã thấy trước đó.</translation>
    </message>
    <message>
        <source>What you wrote is kept here: write it anew or discard it.</source>
        <translation>Nội dung anh/chị viết vẫn được giữ trên máy: hãy viết lại hoặc bỏ.</translation>
    </message>
    <message>
        <source>The proposal is decided; nothing can be added to its discussion.</source>
        <translation>Hồ sơ đã được quyết định; không thêm ý kiến được nữa.</translation>
    </message>
    <message>
        <source>Your account has said as much as the hub takes in a day.</source>
        <translation>Tài khoản của anh/chị đã gửi đủ số ý kiến mà máy chủ nhận trong một ngày.</translation>
    </message>
    <message>
        <source>What you wrote waits here and leaves by itself later.</source>
        <translation>Nội dung anh/chị viết chờ trên máy và tự gửi sau.</translation>
    </message>
    <message>
        <source>This proposal&apos;s discussion is as long as the hub keeps.</source>
        <translation>Trao đổi về hồ sơ này đã dài tới mức máy chủ lưu được.</translation>
    </message>
    <message>
        <source>The remark that this answers isn&apos;t there (any more).</source>
        <translation>Ý kiến được trả lời không còn ở đó.</translation>
    </message>
    <message>
        <source>The proposal has no such change in this version.</source>
        <translation>Bản này của hồ sơ không có thay đổi đó.</translation>
    </message>
    <message>
        <source>The hub doesn&apos;t understand what was said.</source>
        <translation>Máy chủ không hiểu nội dung được gửi.</translation>
    </message>
    <message>
        <source>Agencies that were asked still have time for their opinion; nothing was approved.</source>
        <translation>Còn cơ quan được lấy ý kiến chưa hết hạn trả lời; chưa phê duyệt gì.</translation>
    </message>
    <message>
        <source>Wait until their last day, or withdraw the request in the tab Opinions and say why.</source>
        <translation>Hãy chờ hết hạn, hoặc rút yêu cầu ở thẻ Ý kiến và ghi lý do.</translation>
    </message>
    <message>
        <source>The last day for this opinion is over.</source>
        <translation>Đã quá hạn cho ý kiến này.</translation>
    </message>
    <message>
        <source>The province has withdrawn its request for this opinion.</source>
        <translation>Tỉnh đã rút yêu cầu lấy ý kiến này.</translation>
    </message>
    <message>
        <source>This agency has been asked already, and has still time to answer.</source>
        <translation>Cơ quan này đã được hỏi và còn hạn trả lời.</translation>
    </message>
    <message>
        <source>The request or opinion that this belongs to isn&apos;t there.</source>
        <translation>Không có yêu cầu hoặc ý kiến tương ứng.</translation>
    </message>
    <message>
        <source>The last day for an opinion lies in the past, or more than a year ahead.</source>
        <translation>Hạn trả lời đã qua, hoặc xa hơn một năm.</translation>
    </message>
    <message>
        <source>Choose another day.</source>
        <translation>Hãy chọn ngày khác.</translation>
    </message>
    <message>
        <source>This agency can&apos;t be asked (any more).</source>
        <translation>Không lấy ý kiến cơ quan này được (nữa).</translation>
    </message>
    <message>
        <source>The feature that the suggestion is for isn&apos;t in your working copy.</source>
        <translation>Bản làm việc của anh/chị không có đối tượng được gợi ý.</translation>
    </message>
    <message>
        <source>Look at the suggestion on the map and draw it yourself where it still makes sense.</source>
        <translation>Hãy xem gợi ý trên bản đồ và tự vẽ nếu vẫn phù hợp.</translation>
    </message>
    <message>
        <source>The feature has changed since the suggestion was made, so it was not taken over.</source>
        <translation>Đối tượng đã thay đổi sau khi có gợi ý, nên không lấy theo.</translation>
    </message>
    <message>
        <source>The layer can&apos;t be edited now, so the suggestion was not taken over.</source>
        <translation>Lớp hiện không sửa được, nên không lấy theo gợi ý.</translation>
    </message>
    <message>
        <source>Wait until what runs is done, then try again.</source>
        <translation>Hãy chờ việc đang chạy xong rồi thử lại.</translation>
    </message>
    <message>
        <source>The file could not be written.</source>
        <translation>Không ghi được tệp.</translation>
    </message>
    <message>
        <source>Choose another folder, or close the file where it is open.</source>
        <translation>Hãy chọn thư mục khác, hoặc đóng tệp đang mở.</translation>
    </message>
    <message>
        <source>Only the head of the commune delegates the signature.</source>
        <translation>Chỉ Chủ tịch xã mới ủy quyền ký.</translation>
    </message>
    <message>
        <source>This colleague can&apos;t sign for you: the account has no role in the commune, or is closed.</source>
        <translation>Người này không ký thay được: tài khoản không thuộc xã, hoặc đã khóa.</translation>
    </message>
    <message>
        <source>Choose somebody else, or ask the province&apos;s administrator.</source>
        <translation>Chọn người khác, hoặc liên hệ quản trị của tỉnh.</translation>
    </message>
    <message>
        <source>This can&apos;t be delegated: an approval is the approver&apos;s own.</source>
        <translation>Việc này không ủy quyền được: phê duyệt là của chính người phê duyệt.</translation>
    </message>
    <message>
        <source>Choose other acts.</source>
        <translation>Chọn việc khác.</translation>
    </message>
    <message>
        <source>The delegation would end before it begins, or is over already.</source>
        <translation>Thời hạn ủy quyền kết thúc trước khi bắt đầu, hoặc đã qua.</translation>
    </message>
    <message>
        <source>The layer can&apos;t be edited now, so nothing was brought back.</source>
        <translation>Lớp chưa sửa được lúc này nên chưa khôi phục gì.</translation>
    </message>
    <message>
        <source>Wait until the data is written, or open a working copy that can be edited.</source>
        <translation>Hãy đợi ghi xong dữ liệu, hoặc mở bản làm việc sửa được.</translation>
    </message>
    <message>
        <source>Somebody else has changed this feature too: decide on that first.</source>
        <translation>Có người khác cũng sửa đối tượng này: hãy giải quyết trước.</translation>
    </message>
    <message>
        <source>Resolve the conflict, then bring the former state back.</source>
        <translation>Giải quyết xung đột rồi khôi phục trạng thái cũ.</translation>
    </message>
    <message>
        <source>Part of this former state isn&apos;t shown to your account, so it can&apos;t be brought back.</source>
        <translation>Một phần trạng thái cũ không hiện với tài khoản của anh/chị nên không khôi phục được.</translation>
    </message>
    <message>
        <source>Ask somebody at the province who may see all of it.</source>
        <translation>Hãy nhờ người ở tỉnh được xem đầy đủ.</translation>
    </message>
    <message>
        <source>The province has this feature, but your working copy doesn&apos;t, so nothing was changed.</source>
        <translation>Tỉnh có đối tượng này nhưng bản làm việc của anh/chị không có, nên chưa có gì thay đổi.</translation>
    </message>
    <message>
        <source>Get the data anew and try again; what lies outside your commune&apos;s area can&apos;t be edited here.</source>
        <translation>Lấy dữ liệu mới rồi thử lại; đối tượng nằm ngoài phạm vi của xã không sửa được ở đây.</translation>
    </message>
    <message>
        <source>Nothing proves the other key: ask the province&apos;s administrator by telephone whether it is {key}.</source>
        <translation>Không có gì chứng minh khóa mới là của tỉnh: hãy gọi điện hỏi quản trị của tỉnh xem khóa có đúng là {key} không.</translation>
    </message>
    <message>
        <source>The key to the province&apos;s record of decisions was lost, and replaced by another.</source>
        <translation>Khóa ký nhật ký phê duyệt của tỉnh đã mất và được thay bằng khóa khác.</translation>
    </message>
    <message>
        <source>The province says that the key to its record of decisions was lost ({seen_at}: {reason}), and has another.</source>
        <translation>Tỉnh báo khóa ký nhật ký phê duyệt đã mất ({seen_at}: {reason}) và nay ký bằng khóa khác.</translation>
    </message>
    <message>
        <source>Not all that this proposal changes may be shown to you, so somebody at the province decides on it.</source>
        <translation>Không phải mọi nội dung thay đổi của hồ sơ này đều được hiển thị cho anh/chị, nên tỉnh sẽ quyết định.</translation>
    </message>
    <message>
        <source>Nothing was changed. The proposal is in the province&apos;s inbox.</source>
        <translation>Chưa có gì thay đổi. Hồ sơ đang nằm trong hộp duyệt của tỉnh.</translation>
    </message>
    <message>
        <source>The file in which your remarks wait can&apos;t be read any more; it was put aside: {path}</source>
        <translation>Không đọc được nữa tệp giữ các ý kiến đang chờ gửi; tệp đã được cất riêng: {path}</translation>
    </message>
    <message>
        <source>Look whether your last remarks are there, and write again what is missing.</source>
        <translation>Hãy xem các ý kiến gần đây của anh/chị đã có chưa và viết lại phần còn thiếu.</translation>
    </message>
    <message>
        <source>What had been sent is safe at the province.</source>
        <translation>Những gì đã gửi vẫn an toàn ở tỉnh.</translation>
    </message>
</context>
<context>
    <name>Expressions</name>
    <message>
        <source>Text of an old drawing as Unicode: choose by the font it was written for (.Vn…, VNI-…).</source>
        <translation>Đổi chữ của bản vẽ cũ sang Unicode: chọn theo phông chữ đã dùng (.Vn…, VNI-…).</translation>
    </message>
</context>
<context>
    <name>Forms</name>
    <message>
        <source>(not chosen)</source>
        <translation>(chưa chọn)</translation>
    </message>
    <message>
        <source>Main attributes</source>
        <translation>Thuộc tính chính</translation>
    </message>
    <message>
        <source>Other attributes</source>
        <translation>Thuộc tính khác</translation>
    </message>
    <message>
        <source>Computed from the shape</source>
        <translation>Tính từ hình dạng</translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <source>History</source>
        <translation>Lịch sử</translation>
    </message>
    <message>
        <source>&amp;Restore to this state</source>
        <translation>&amp;Khôi phục về trạng thái này</translation>
    </message>
    <message>
        <source>States of the feature, the newest first</source>
        <translation>Các trạng thái của đối tượng, mới nhất ở trên</translation>
    </message>
    <message>
        <source>Select a feature on the map or in a list: here is what happened to it.</source>
        <translation>Chọn một đối tượng trên bản đồ hoặc trong danh sách để xem lịch sử của nó.</translation>
    </message>
    <message>
        <source>The province doesn&apos;t know this feature yet: it is new here.</source>
        <translation>Tỉnh chưa có đối tượng này: nó mới có trên máy.</translation>
    </message>
    <message>
        <source>The history is kept at the province: it needs a connection.</source>
        <translation>Lịch sử lưu ở tỉnh: cần có kết nối.</translation>
    </message>
    <message>
        <source>Being fetched…</source>
        <translation>Đang lấy…</translation>
    </message>
    <message>
        <source>The feature becomes as it was then, as an edit of yours that you save, propose, or undo</source>
        <translation>Đối tượng trở lại như khi đó, là một chỉnh sửa của anh/chị để lưu, đưa vào hồ sơ hoặc hoàn tác</translation>
    </message>
    <message>
        <source>This is how it is now</source>
        <translation>Đây là trạng thái hiện nay</translation>
    </message>
    <message>
        <source>Back to the state of {time}</source>
        <translation>Trở về trạng thái lúc {time}</translation>
    </message>
    <message>
        <source>put into force</source>
        <translation>đưa vào hiệu lực</translation>
    </message>
    <message>
        <source>Proposal {number}: {title}</source>
        <translation>Hồ sơ {number}: {title}</translation>
    </message>
    <message>
        <source>Decision {number}, in force from {day}</source>
        <translation>Quyết định {number}, có hiệu lực từ {day}</translation>
    </message>
    <message>
        <source>Decision {number}, not in force yet</source>
        <translation>Quyết định {number}, chưa có hiệu lực</translation>
    </message>
    <message>
        <source>Its decision hasn&apos;t been recorded yet</source>
        <translation>Chưa ghi nhận quyết định</translation>
    </message>
    <message>
        <source>Day of the past</source>
        <translation>Ngày cần xem</translation>
    </message>
    <message>
        <source>in force on</source>
        <translation>có hiệu lực ngày</translation>
    </message>
    <message>
        <source>known to the database on</source>
        <translation>CSDL biết đến ngày</translation>
    </message>
    <message>
        <source>What is asked of that day</source>
        <translation>Xem gì ở ngày đó</translation>
    </message>
    <message>
        <source>Show the &amp;map of that day</source>
        <translation>&amp;Xem bản đồ ngày đó</translation>
    </message>
    <message>
        <source>Back to &amp;today</source>
        <translation>Về &amp;hôm nay</translation>
    </message>
    <message>
        <source>It can only be read.</source>
        <translation>Chỉ để xem, không sửa được.</translation>
    </message>
    <message>
        <source>The past is kept at the province: it needs a connection, and a sign-in.</source>
        <translation>Dữ liệu quá khứ lưu ở tỉnh: cần có kết nối và đăng nhập.</translation>
    </message>
    <message>
        <source>Close the open proposal first.</source>
        <translation>Hãy đóng hồ sơ đang mở trước.</translation>
    </message>
    <message>
        <source>Save your edits and stop drawing first.</source>
        <translation>Hãy lưu chỉnh sửa và dừng vẽ trước.</translation>
    </message>
    <message>
        <source>Wait until the running step is done.</source>
        <translation>Hãy đợi bước đang chạy xong.</translation>
    </message>
    <message>
        <source>THE PAST: plan in force on {day}</source>
        <translation>QUÁ KHỨ: quy hoạch có hiệu lực ngày {day}</translation>
    </message>
    <message>
        <source>THE PAST: what the database knew on {day}</source>
        <translation>QUÁ KHỨ: CSDL biết đến ngày {day}</translation>
    </message>
    <message>
        <source>Feature</source>
        <translation>Đối tượng</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Đồ án</translation>
    </message>
    <message>
        <source>What is asked of these days</source>
        <translation>Xem gì ở hai ngày này</translation>
    </message>
    <message>
        <source>&amp;Compare</source>
        <translation>&amp;So sánh</translation>
    </message>
    <message>
        <source>Save as &amp;CSV…</source>
        <translation>Lưu &amp;CSV…</translation>
    </message>
    <message>
        <source>Features that aren&apos;t as they were</source>
        <translation>Các đối tượng đã thay đổi</translation>
    </message>
    <message>
        <source>Choose a plan and two days: what was kept, changed, divided, joined, added or removed.</source>
        <translation>Chọn đồ án và hai ngày: xem gì giữ nguyên, sửa, tách, gộp, thêm, bỏ.</translation>
    </message>
    <message>
        <source>Being compared…</source>
        <translation>Đang so sánh…</translation>
    </message>
    <message>
        <source>Save the table</source>
        <translation>Lưu bảng</translation>
    </message>
    <message>
        <source>The file can&apos;t be written: {reason}</source>
        <translation>Không ghi được tệp: {reason}</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>giữ nguyên</translation>
    </message>
    <message>
        <source>modified</source>
        <translation>sửa đổi</translation>
    </message>
    <message>
        <source>divided</source>
        <translation>tách</translation>
    </message>
    <message>
        <source>joined</source>
        <translation>gộp</translation>
    </message>
    <message>
        <source>new</source>
        <translation>mới</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>bỏ</translation>
    </message>
    <message>
        <source>before</source>
        <translation>trước</translation>
    </message>
    <message>
        <source>after</source>
        <translation>sau</translation>
    </message>
    <message>
        <source>Side</source>
        <translation>Bên</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Phân loại</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Tên</translation>
    </message>
    <message>
        <source>Area (m²)</source>
        <translation>Diện tích (m²)</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Khóa</translation>
    </message>
    <message>
        <source>From or to</source>
        <translation>Từ hoặc thành</translation>
    </message>
    <message>
        <source>All: {before} → {after}</source>
        <translation>Tổng: {before} → {after}</translation>
    </message>
    <message>
        <source>&amp;Older states</source>
        <translation>Trạng thái &amp;cũ hơn</translation>
    </message>
    <message>
        <source>&amp;Pick on the map</source>
        <translation>Chọn trên &amp;bản đồ</translation>
    </message>
    <message>
        <source>Click a feature on the map, also of the past that it shows</source>
        <translation>Nhấp vào một đối tượng trên bản đồ, kể cả trên bản đồ quá khứ đang hiển thị</translation>
    </message>
    <message>
        <source>Updates</source>
        <translation>Các lần cập nhật</translation>
    </message>
    <message>
        <source>B&amp;ring back as it was then</source>
        <translation>Khôi phục đối tượng &amp;như khi đó</translation>
    </message>
    <message>
        <source>brought back</source>
        <translation>khôi phục</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Lớp</translation>
    </message>
    <message>
        <source>&amp;History of the feature</source>
        <translation>&amp;Lịch sử đối tượng</translation>
    </message>
    <message>
        <source>Length (m)</source>
        <translation>Chiều dài (m)</translation>
    </message>
    <message>
        <source>in force, as known at a time</source>
        <translation>có hiệu lực, theo dữ liệu khi đó</translation>
    </message>
    <message>
        <source>as the database knew it on</source>
        <translation>theo dữ liệu đã biết ngày</translation>
    </message>
    <message>
        <source>THE PAST: plan in force on {day}, as the database knew it on {known}</source>
        <translation>QUÁ KHỨ: quy hoạch có hiệu lực ngày {day}, theo cơ sở dữ liệu ngày {known}</translation>
    </message>
    <message>
        <source>Updates of the commune&apos;s data, the newest first</source>
        <translation>Các lần cập nhật dữ liệu của xã, mới nhất ở trên</translation>
    </message>
    <message>
        <source>Features that the update changed</source>
        <translation>Đối tượng mà lần cập nhật đã thay đổi</translation>
    </message>
    <message>
        <source>&amp;Older ones</source>
        <translation>Các lần &amp;cũ hơn</translation>
    </message>
    <message>
        <source>&amp;More features</source>
        <translation>Thêm đối &amp;tượng</translation>
    </message>
    <message>
        <source>Re&amp;fresh</source>
        <translation>Làm &amp;mới</translation>
    </message>
</context>
<context>
    <name>Layers</name>
    <message>
        <source>Reference</source>
        <translation>Tham chiếu</translation>
    </message>
    <message>
        <source>{commune} – working copy</source>
        <translation>{commune} – bản làm việc</translation>
    </message>
    <message>
        <source>Commune boundaries</source>
        <translation>Ranh giới xã</translation>
    </message>
    <message>
        <source>Plan boundaries</source>
        <translation>Ranh giới đồ án</translation>
    </message>
</context>
<context>
    <name>News</name>
    <message>
        <source>Wait until this is done: {job}.</source>
        <translation>Xin chờ xong việc này: {job}.</translation>
    </message>
    <message>
        <source>Welcome, {name}.</source>
        <translation>Xin chào {name}.</translation>
    </message>
    <message>
        <source>Signed out. The working copy stays on this computer.</source>
        <translation>Đã đăng xuất. Bản làm việc vẫn ở trên máy này.</translation>
    </message>
    <message>
        <source>Sent to the province. You can go on working.</source>
        <translation>Đã gửi lên tỉnh. Anh/chị có thể làm việc tiếp.</translation>
    </message>
    <message>
        <source>Signed off; the proposal is at the province now.</source>
        <translation>Đã ký; hồ sơ đã được chuyển lên tỉnh.</translation>
    </message>
    <message>
        <source>Returned with your reason.</source>
        <translation>Đã trả lại hồ sơ kèm lý do.</translation>
    </message>
    <message>
        <source>Rejected with your reason.</source>
        <translation>Đã từ chối hồ sơ kèm lý do.</translation>
    </message>
    <message>
        <source>Approved. All communes concerned receive it when they next get data.</source>
        <translation>Đã phê duyệt. Các xã liên quan sẽ nhận được ở lần lấy dữ liệu tới.</translation>
    </message>
    <message>
        <source>Withdrawn; its changes are yours to edit again.</source>
        <translation>Đã rút hồ sơ; anh/chị có thể sửa tiếp các thay đổi.</translation>
    </message>
    <message>
        <source>Reverted. The features are as the province has them.</source>
        <translation>Đã hoàn lại. Các đối tượng trở về như bản của tỉnh.</translation>
    </message>
    <message>
        <source>The record of changes is back.</source>
        <translation>Đã khôi phục việc ghi nhận thay đổi.</translation>
    </message>
    <message>
        <source>Stopped, as you asked. Everything is as before.</source>
        <translation>Đã dừng theo yêu cầu. Mọi thứ vẫn như trước.</translation>
    </message>
    <message>
        <source>The working copy is no longer where it was. Get the data again.</source>
        <translation>Không còn thấy bản làm việc ở chỗ cũ. Xin lấy dữ liệu về máy lần nữa.</translation>
    </message>
    <message>
        <source>The connection to the province is back.</source>
        <translation>Đã kết nối lại với tỉnh.</translation>
    </message>
    <message>
        <source>No connection to the province. You can go on working.</source>
        <translation>Mất kết nối với tỉnh. Anh/chị vẫn làm việc bình thường.</translation>
    </message>
    <message numerus="yes">
        <source>%n added</source>
        <translation>
            <numerusform>%n thêm mới</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changed</source>
        <translation>
            <numerusform>%n sửa đổi</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n removed</source>
        <translation>
            <numerusform>%n đã xóa</numerusform>
        </translation>
    </message>
    <message>
        <source>The data is up to date.</source>
        <translation>Đã cập nhật.</translation>
    </message>
    <message numerus="yes">
        <source>%n feature(s) were changed by somebody else too: please decide.</source>
        <translation>
            <numerusform>%n xung đột cần anh/chị quyết định.</numerusform>
        </translation>
    </message>
    <message>
        <source>The proposal is ready and leaves as soon as the province can be reached.</source>
        <translation>Hồ sơ đã sẵn sàng và sẽ tự gửi ngay khi kết nối được với tỉnh.</translation>
    </message>
    <message>
        <source>The commune&apos;s data is on this computer. You can start drawing.</source>
        <translation>Dữ liệu của xã đã về máy. Anh/chị có thể bắt đầu vẽ.</translation>
    </message>
    <message>
        <source>The province&apos;s changes wait until you save your edits and leave edit mode.</source>
        <translation>Thay đổi của tỉnh chờ đến khi anh/chị lưu và tắt chế độ chỉnh sửa.</translation>
    </message>
    <message>
        <source>Saving “{layer}” again: another program was writing at the same moment.</source>
        <translation>Đang lưu lại “{layer}”: chương trình khác vừa ghi cùng lúc.</translation>
    </message>
    <message>
        <source>The attributes of “{layer}” are set by the national standard and can't be changed.</source>
        <translation>Thuộc tính của “{layer}” theo chuẩn quốc gia nên không thay đổi được.</translation>
    </message>
    <message numerus="yes">
        <source>%n now outside the commune</source>
        <translation>
            <numerusform>%n nay nằm ngoài xã</numerusform>
        </translation>
    </message>
    <message>
        <source>The commune&apos;s data is on this computer: {count} features. You can start drawing.</source>
        <translation>Dữ liệu của xã đã về máy: {count} đối tượng. Anh/chị có thể bắt đầu vẽ.</translation>
    </message>
    <message>
        <source>The province has a new layer: {layers}.</source>
        <translation>Tỉnh có thêm lớp: {layers}.</translation>
    </message>
    <message>
        <source>The province has new attributes: {fields}.</source>
        <translation>Tỉnh có thêm thuộc tính: {fields}.</translation>
    </message>
    <message>
        <source>Decided. What you chose is among your changes; it can be undone.</source>
        <translation>Đã quyết định. Phần được chọn nằm trong các thay đổi của anh/chị; có thể hoàn tác.</translation>
    </message>
    <message>
        <source>The conflict is open again, with the values as before.</source>
        <translation>Xung đột đã được mở lại, giá trị như trước.</translation>
    </message>
    <message>
        <source>Your shape is taken. “{layer}” has other unsaved edits: save them, then apply your choice.</source>
        <translation>Đã lấy hình của anh/chị. “{layer}” còn sửa đổi khác chưa lưu: hãy lưu rồi áp dụng lựa chọn.</translation>
    </message>
    <message>
        <source>Sending is stopped. What has arrived is kept; “Look now” sends the rest.</source>
        <translation>Đã dừng gửi. Phần đã đến nơi được giữ lại; bấm “Kiểm tra ngay” để gửi tiếp phần còn lại.</translation>
    </message>
    <message>
        <source>The province&apos;s hub was restored from a backup.</source>
        <translation>Máy chủ tỉnh đã được khôi phục từ bản sao lưu.</translation>
    </message>
    <message>
        <source>The commune&apos;s area has changed.</source>
        <translation>Phạm vi của xã đã thay đổi.</translation>
    </message>
    <message>
        <source>The commune&apos;s area has changed. Get the data again: your changes are kept.</source>
        <translation>Phạm vi của xã đã thay đổi. Xin lấy dữ liệu về máy lần nữa: các thay đổi của anh/chị được giữ nguyên.</translation>
    </message>
    <message>
        <source>The data was fetched afresh, and your changes are all kept.</source>
        <translation>Dữ liệu đã được lấy lại, các thay đổi của anh/chị được giữ nguyên.</translation>
    </message>
    <message numerus="yes">
        <source>The province&apos;s hub was restored: %n proposal(s) are sent again.</source>
        <translation>
            <numerusform>Máy chủ tỉnh đã được khôi phục: %n hồ sơ được gửi lại.</numerusform>
        </translation>
    </message>
    <message>
        <source>Unsent work of this computer was brought to {device} by {name}. It is still here too.</source>
        <translation>Việc chưa gửi trên máy này đã được {name} mang sang máy {device}. Trên máy này vẫn còn đủ.</translation>
    </message>
    <message>
        <source>Handed over: {name} can bring it into their own working copy.</source>
        <translation>Đã bàn giao: {name} có thể mang về bản làm việc của mình.</translation>
    </message>
    <message>
        <source>Signed out there. The data and edits on that computer stay on it.</source>
        <translation>Đã đăng xuất máy đó. Dữ liệu và chỉnh sửa trên máy đó vẫn còn nguyên.</translation>
    </message>
    <message>
        <source>Brought here from {device}: {work}.</source>
        <translation>Đã mang về từ máy {device}: {work}.</translation>
    </message>
    <message numerus="yes">
        <source>%n change(s)</source>
        <translation>
            <numerusform>%n thay đổi</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n draft(s)</source>
        <translation>
            <numerusform>%n hồ sơ đang soạn</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n differ from what you have here: they stay at the province.</source>
        <translation>
            <numerusform>%n mục khác với phần đang có ở đây: vẫn được giữ trên tỉnh.</numerusform>
        </translation>
    </message>
    <message>
        <source>This file is a copy of one that is used elsewhere; from now on it goes its own way.</source>
        <translation>Tệp này là bản sao của một tệp đang dùng ở máy khác; từ nay tệp này là một bản riêng.</translation>
    </message>
    <message numerus="yes">
        <source>%n proposal(s) that waited to be sent are drafts again.</source>
        <translation>
            <numerusform>%n hồ sơ chờ gửi trở lại thành hồ sơ đang soạn.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n feature(s) are restricted now; your edits of them are safe at the province.</source>
        <translation>
            <numerusform>%n đối tượng nay thuộc diện hạn chế; phần anh/chị đã sửa được giữ an toàn trên tỉnh.</numerusform>
        </translation>
    </message>
    <message>
        <source>QGIS&apos;s transaction groups are off in this project: they would lock the working copy while you draw.</source>
        <translation>Đã tắt nhóm giao dịch của QGIS trong dự án này: chúng sẽ khóa bản làm việc trong khi anh/chị vẽ.</translation>
    </message>
    <message>
        <source>Agreed. It is applied once the proposals that it is linked with are agreed too.</source>
        <translation>Đã đồng ý. Hồ sơ được áp dụng khi các hồ sơ liên kết cũng được đồng ý.</translation>
    </message>
    <message>
        <source>The working copy is on this computer now: {path}. The file that it came from stays.</source>
        <translation>Bản làm việc nay ở trên máy này: {path}. Tệp gốc vẫn giữ nguyên.</translation>
    </message>
    <message>
        <source>The province&apos;s changes wait: another QGIS on this computer or in the network is editing the file.</source>
        <translation>Thay đổi của tỉnh đang chờ: một QGIS khác trên máy này hoặc trong mạng đang chỉnh sửa tệp.</translation>
    </message>
    <message>
        <source>Welcome, {name}. You are signed in until QGIS is closed.</source>
        <translation>Xin chào {name}. Anh/chị đăng nhập đến khi đóng QGIS.</translation>
    </message>
    <message>
        <source>Welcome, {name}. Signed in until QGIS is closed; no data is lost.</source>
        <translation>Xin chào {name}. Đăng nhập chỉ đến khi đóng QGIS; không mất dữ liệu.</translation>
    </message>
    <message>
        <source>What your account may see has changed: the data is fetched afresh.</source>
        <translation>Phạm vi được xem của tài khoản đã thay đổi: dữ liệu đang được lấy lại về máy.</translation>
    </message>
    <message>
        <source>What your account may see has changed.</source>
        <translation>Phạm vi được xem của tài khoản đã thay đổi.</translation>
    </message>
    <message>
        <source>Taken along into the fresh working copy: {work}.</source>
        <translation>Đã mang sang bản làm việc mới: {work}.</translation>
    </message>
    <message numerus="yes">
        <source>%n have no place in the new layers: they stay in {path}.</source>
        <translation>
            <numerusform>%n mục không còn chỗ trong các lớp mới: chúng vẫn ở {path}.</numerusform>
        </translation>
    </message>
    <message>
        <source>The hub was restored from a backup: its record of decisions after {agreed_at} is gone. Your data is kept.</source>
        <translation>Máy chủ của tỉnh được khôi phục từ bản sao lưu: nhật ký phê duyệt sau {agreed_at} không còn. Dữ liệu của anh/chị vẫn nguyên.</translation>
    </message>
    <message>
        <source>The suggestion is taken over in “{layer}”: look at it, then save. Undo takes it back.</source>
        <translation>Đã lấy theo gợi ý ở lớp “{layer}”: hãy xem rồi lưu. Hoàn tác để bỏ.</translation>
    </message>
    <message>
        <source>Your working copy has it as suggested already.</source>
        <translation>Bản làm việc của anh/chị đã đúng theo gợi ý.</translation>
    </message>
    <message>
        <source>No connection: the proposal is shown as it was opened last. What you write waits here.</source>
        <translation>Không có mạng: hồ sơ hiện như lần mở trước. Nội dung anh/chị viết chờ trên máy.</translation>
    </message>
    <message>
        <source>The table of opinions is in {path}.</source>
        <translation>Bảng tổng hợp ý kiến nằm ở {path}.</translation>
    </message>
    <message>
        <source>Appraised, and put forward for approval.</source>
        <translation>Đã thẩm định và trình phê duyệt.</translation>
    </message>
    <message>
        <source>You have consented for your commune.</source>
        <translation>Đã đồng ý thay mặt xã.</translation>
    </message>
    <message>
        <source>Marked as checked.</source>
        <translation>Đã ghi nhận hậu kiểm.</translation>
    </message>
    <message>
        <source>Your objection is with the commune. What was approved stays in force.</source>
        <translation>Ý kiến đã gửi tới xã. Nội dung đã phê duyệt vẫn giữ nguyên.</translation>
    </message>
    <message>
        <source>{name} signs for you from now on, by document {document}.</source>
        <translation>{name} được ký thay ông/bà theo văn bản {document}.</translation>
    </message>
    <message>
        <source>{name} doesn&apos;t sign for you any more.</source>
        <translation>{name} không còn ký thay ông/bà.</translation>
    </message>
    <message>
        <source>As it was then, as an edit of yours: save it, or undo it. A proposal takes it further.</source>
        <translation>Đã trở lại như khi đó, là chỉnh sửa của anh/chị: hãy lưu hoặc hoàn tác. Muốn áp dụng thì đưa vào hồ sơ.</translation>
    </message>
    <message>
        <source>The change sheet is in {path} ({pages} p.).</source>
        <translation>Phiếu thay đổi đã lưu ở {path} ({pages} trang).</translation>
    </message>
</context>
<context>
    <name>Opinions</name>
    <message>
        <source>Agrees</source>
        <translation>Thống nhất</translation>
    </message>
    <message>
        <source>Agrees, with remarks</source>
        <translation>Thống nhất, có góp ý</translation>
    </message>
    <message>
        <source>Disagrees</source>
        <translation>Không thống nhất</translation>
    </message>
    <message>
        <source>Taken up</source>
        <translation>Tiếp thu</translation>
    </message>
    <message>
        <source>Explained</source>
        <translation>Giải trình</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Chờ ý kiến</translation>
    </message>
    <message>
        <source>Overdue – counts as agreed</source>
        <translation>Quá hạn – coi như đồng ý</translation>
    </message>
    <message>
        <source>Overdue, no opinion</source>
        <translation>Quá hạn, chưa có ý kiến</translation>
    </message>
    <message>
        <source>Withdrawn</source>
        <translation>Đã rút</translation>
    </message>
    <message>
        <source>Your opinion until {day}</source>
        <translation>Cho ý kiến chậm nhất ngày {day}</translation>
    </message>
    <message>
        <source>Opinion given; it can be replaced until {day}</source>
        <translation>Đã cho ý kiến; thay được đến hết {day}</translation>
    </message>
    <message>
        <source>Overdue since {day} – counts as agreed</source>
        <translation>Quá hạn từ {day} – coi như đồng ý</translation>
    </message>
    <message>
        <source>Overdue since {day}</source>
        <translation>Quá hạn từ {day}</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Để sau</translation>
    </message>
    <message>
        <source>Write the words that belong to it.</source>
        <translation>Hãy viết nội dung kèm theo.</translation>
    </message>
    <message>
        <source>Agency</source>
        <translation>Cơ quan</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>Hạn cuối</translation>
    </message>
    <message>
        <source>Silence is agreement</source>
        <translation>Im lặng là đồng ý</translation>
    </message>
    <message>
        <source>Ask for an opinion</source>
        <translation>Lấy ý kiến cơ quan</translation>
    </message>
    <message>
        <source>What it is about (may stay empty)</source>
        <translation>Nội dung cần hỏi (có thể để trống)</translation>
    </message>
    <message>
        <source>&amp;Ask</source>
        <translation>&amp;Gửi lấy ý kiến</translation>
    </message>
    <message>
        <source>until</source>
        <translation>đến hết</translation>
    </message>
    <message>
        <source>There is no agency that could be asked: the administrator adds them.</source>
        <translation>Chưa có cơ quan nào để hỏi: quản trị viên thêm cơ quan.</translation>
    </message>
    <message>
        <source>Opinion</source>
        <translation>Ý kiến</translation>
    </message>
    <message>
        <source>Add &amp;files…</source>
        <translation>Thêm &amp;tệp…</translation>
    </message>
    <message>
        <source>Remarks, or why you disagree</source>
        <translation>Góp ý, hoặc lý do không thống nhất</translation>
    </message>
    <message>
        <source>Your opinion</source>
        <translation>Ý kiến của cơ quan anh/chị</translation>
    </message>
    <message>
        <source>&amp;Give the opinion</source>
        <translation>&amp;Gửi ý kiến</translation>
    </message>
    <message>
        <source>“{name}” can't be read.</source>
        <translation>Không đọc được “{name}”.</translation>
    </message>
    <message>
        <source>“{name}” is too large, or there are too many files.</source>
        <translation>“{name}” quá lớn, hoặc có quá nhiều tệp.</translation>
    </message>
    <message>
        <source>Taken up or explained</source>
        <translation>Tiếp thu hay giải trình</translation>
    </message>
    <message>
        <source>How it was taken up, or the explanation</source>
        <translation>Đã tiếp thu thế nào, hoặc giải trình</translation>
    </message>
    <message>
        <source>The commune&apos;s answer</source>
        <translation>Trả lời của xã</translation>
    </message>
    <message>
        <source>&amp;Answer</source>
        <translation>&amp;Trả lời</translation>
    </message>
    <message>
        <source>Withdraw the request</source>
        <translation>Rút yêu cầu</translation>
    </message>
    <message>
        <source>&amp;Withdraw</source>
        <translation>&amp;Rút</translation>
    </message>
    <message>
        <source>Why it is withdrawn</source>
        <translation>Lý do rút</translation>
    </message>
    <message>
        <source>Files of the opinion</source>
        <translation>Tệp của ý kiến</translation>
    </message>
    <message>
        <source>&amp;Ask an agency…</source>
        <translation>&amp;Lấy ý kiến cơ quan…</translation>
    </message>
    <message>
        <source>&amp;Give the opinion…</source>
        <translation>&amp;Cho ý kiến…</translation>
    </message>
    <message>
        <source>An&amp;swer…</source>
        <translation>T&amp;rả lời…</translation>
    </message>
    <message>
        <source>Wit&amp;hdraw…</source>
        <translation>Rút &amp;yêu cầu…</translation>
    </message>
    <message>
        <source>&amp;Print (PDF)…</source>
        <translation>Xuất tệp (&amp;PDF)…</translation>
    </message>
    <message>
        <source>Table (CS&amp;V)…</source>
        <translation>Bảng (CS&amp;V)…</translation>
    </message>
    <message>
        <source>Agencies&apos; opinions</source>
        <translation>Ý kiến các cơ quan</translation>
    </message>
    <message>
        <source>until {day}</source>
        <translation>đến hết {day}</translation>
    </message>
    <message>
        <source>No agency was asked about this proposal.</source>
        <translation>Hồ sơ này chưa lấy ý kiến cơ quan nào.</translation>
    </message>
    <message>
        <source>No connection: what you write waits here and leaves by itself.</source>
        <translation>Không có mạng: nội dung anh/chị viết chờ trên máy và tự gửi sau.</translation>
    </message>
    <message>
        <source>Your agency&apos;s opinion is asked for until {day}.</source>
        <translation>Cơ quan của anh/chị được lấy ý kiến, hạn đến hết {day}.</translation>
    </message>
    <message>
        <source>Your agency has given its opinion; it can be replaced until {day}.</source>
        <translation>Cơ quan của anh/chị đã cho ý kiến; thay được đến hết {day}.</translation>
    </message>
    <message numerus="yes">
        <source>%n agency(s) still to answer; the approval waits for them.</source>
        <translation>
            <numerusform>Còn %n cơ quan chưa trả lời; việc phê duyệt chờ họ.</numerusform>
        </translation>
    </message>
    <message>
        <source>waits for the connection</source>
        <translation>chờ có mạng</translation>
    </message>
    <message>
        <source>Answer to {agency}</source>
        <translation>Trả lời {agency}</translation>
    </message>
    <message>
        <source>Withdraw the request to {agency}</source>
        <translation>Rút yêu cầu gửi {agency}</translation>
    </message>
    <message>
        <source>Save the table of opinions</source>
        <translation>Lưu bảng tổng hợp ý kiến</translation>
    </message>
    <message>
        <source>Opinions</source>
        <translation>Ý kiến</translation>
    </message>
    <message>
        <source>Agencies&apos; opinions: asked, given, answered</source>
        <translation>Ý kiến các cơ quan: đã hỏi, đã có, đã trả lời</translation>
    </message>
    <message>
        <source>No agency was asked. The approval waits for those that are asked, until their last day.</source>
        <translation>Chưa lấy ý kiến cơ quan nào. Việc phê duyệt chờ các cơ quan được hỏi đến hết hạn.</translation>
    </message>
    <message>
        <source>Asked by {name}.</source>
        <translation>{name} gửi lấy ý kiến.</translation>
    </message>
    <message>
        <source>Withdrawn by {name}: {reason}</source>
        <translation>{name} rút yêu cầu: {reason}</translation>
    </message>
    <message numerus="yes">
        <source>%n agency(s) to answer until {day}</source>
        <translation>
            <numerusform>%n cơ quan còn trả lời đến {day}</numerusform>
        </translation>
    </message>
    <message>
        <source>The legal term: {basis} (provisional)</source>
        <translation>Thời hạn theo luật: {basis} (tạm tính)</translation>
    </message>
    <message>
        <source>The legal term: {basis}</source>
        <translation>Thời hạn theo luật: {basis}</translation>
    </message>
</context>
<context>
    <name>Proposals</name>
    <message>
        <source>&amp;Back to the list</source>
        <translation>&amp;Về danh sách</translation>
    </message>
    <message>
        <source>The plan that is adjusted</source>
        <translation>Đồ án được điều chỉnh</translation>
    </message>
    <message>
        <source>&amp;Split by plan</source>
        <translation>&amp;Tách theo đồ án</translation>
    </message>
    <message>
        <source>The legal ground of the adjustment</source>
        <translation>Căn cứ điều chỉnh theo luật</translation>
    </message>
    <message>
        <source>&amp;Check</source>
        <translation>&amp;Kiểm tra</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Tên hồ sơ</translation>
    </message>
    <message>
        <source>What is adjusted and where, in one line</source>
        <translation>Điều chỉnh gì, ở đâu (một dòng)</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Lý do</translation>
    </message>
    <message>
        <source>Why the plan has to be adjusted here</source>
        <translation>Vì sao phải điều chỉnh quy hoạch ở đây</translation>
    </message>
    <message>
        <source>1. Plan and changes</source>
        <translation>1. Đồ án và thay đổi</translation>
    </message>
    <message>
        <source>2. Ground and reason</source>
        <translation>2. Căn cứ và lý do</translation>
    </message>
    <message>
        <source>4. Files</source>
        <translation>4. Tệp kèm theo</translation>
    </message>
    <message>
        <source>Local adjustment: {layers}</source>
        <translation>Điều chỉnh cục bộ: {layers}</translation>
    </message>
    <message>
        <source>Choose one of the eight grounds…</source>
        <translation>Chọn một trong tám căn cứ…</translation>
    </message>
    <message numerus="yes">
        <source>%n change(s)</source>
        <translation>
            <numerusform>%n thay đổi</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) belong to other plans and need proposals of their own.</source>
        <translation>
            <numerusform>%n thay đổi thuộc đồ án khác, cần hồ sơ riêng.</numerusform>
        </translation>
    </message>
    <message>
        <source>Example: {text}</source>
        <translation>Ví dụ: {text}</translation>
    </message>
    <message>
        <source>Needed: {text}</source>
        <translation>Cần có: {text}</translation>
    </message>
    <message>
        <source>⚠ conflict</source>
        <translation>⚠ xung đột</translation>
    </message>
    <message>
        <source>Wait until this is done: {job}.</source>
        <translation>Xin chờ xong việc này: {job}.</translation>
    </message>
    <message>
        <source>Tick at least one change.</source>
        <translation>Xin đánh dấu ít nhất một thay đổi.</translation>
    </message>
    <message>
        <source>Choose the plan.</source>
        <translation>Xin chọn đồ án.</translation>
    </message>
    <message>
        <source>Choose the ground.</source>
        <translation>Xin chọn căn cứ điều chỉnh.</translation>
    </message>
    <message>
        <source>Write a title.</source>
        <translation>Xin ghi tên hồ sơ.</translation>
    </message>
    <message>
        <source>Write the reason.</source>
        <translation>Xin ghi lý do.</translation>
    </message>
    <message numerus="yes">
        <source>Correct %n feature(s) that can&apos;t be sent, see the dock Working copy.</source>
        <translation>
            <numerusform>Xin sửa %n đối tượng chưa gửi được, xem khung Bản làm việc.</numerusform>
        </translation>
    </message>
    <message>
        <source>Bring back the record of changes first, in the dock Working copy.</source>
        <translation>Xin khôi phục việc ghi nhận thay đổi trước, ở khung Bản làm việc.</translation>
    </message>
    <message>
        <source>&amp;Send to the province</source>
        <translation>&amp;Gửi lên tỉnh</translation>
    </message>
    <message numerus="yes">
        <source>on %n layer(s)</source>
        <translation>
            <numerusform>trên %n lớp</numerusform>
        </translation>
    </message>
    <message>
        <source>Decisions, minutes, drawings: the evidence for the ground.</source>
        <translation>Quyết định, biên bản, bản vẽ: tài liệu chứng minh căn cứ.</translation>
    </message>
    <message>
        <source>Files of the proposal</source>
        <translation>Tệp của hồ sơ</translation>
    </message>
    <message>
        <source>&amp;Add a file…</source>
        <translation>T&amp;hêm tệp…</translation>
    </message>
    <message>
        <source>Re&amp;move</source>
        <translation>&amp;Bỏ tệp</translation>
    </message>
    <message>
        <source>Add files to the proposal</source>
        <translation>Thêm tệp vào hồ sơ</translation>
    </message>
    <message>
        <source>Proposals</source>
        <translation>Hồ sơ</translation>
    </message>
    <message>
        <source>&amp;Edit and send</source>
        <translation>&amp;Sửa và gửi</translation>
    </message>
    <message>
        <source>&amp;Withdraw</source>
        <translation>&amp;Rút hồ sơ</translation>
    </message>
    <message>
        <source>Delete &amp;draft</source>
        <translation>&amp;Xóa bản soạn</translation>
    </message>
    <message>
        <source>My proposals</source>
        <translation>Hồ sơ của tôi</translation>
    </message>
    <message>
        <source>Proposal</source>
        <translation>Hồ sơ</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Trạng thái</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Từ lúc</translation>
    </message>
    <message numerus="yes">
        <source>&amp;New proposal of %n change(s)</source>
        <translation>
            <numerusform>&amp;Lập hồ sơ với %n thay đổi</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;New proposal</source>
        <translation>&amp;Lập hồ sơ</translation>
    </message>
    <message>
        <source>Draw or edit first: a proposal is made of changes</source>
        <translation>Xin vẽ hoặc sửa trước: hồ sơ gồm các thay đổi</translation>
    </message>
    <message numerus="yes">
        <source>The changes belong to %n plan(s): {names}. A proposal is for one plan only.</source>
        <translation>
            <numerusform>Các thay đổi thuộc %n đồ án: {names}. Mỗi hồ sơ chỉ dành cho một đồ án.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Make %n proposal(s), one for each plan</source>
        <translation>
            <numerusform>Tách thành %n hồ sơ theo đồ án</numerusform>
        </translation>
    </message>
    <message>
        <source>No proposals yet. A proposal takes your changes to the province: choose them, give ground and reason, send.</source>
        <translation>Chưa có hồ sơ nào. Hồ sơ đưa các thay đổi lên tỉnh: chọn thay đổi, nêu căn cứ và lý do, rồi gửi.</translation>
    </message>
    <message>
        <source>Reason: {reason}</source>
        <translation>Lý do: {reason}</translation>
    </message>
    <message>
        <source>Not sent yet. Complete it and send it to the province.</source>
        <translation>Chưa gửi. Xin hoàn thiện rồi gửi lên tỉnh.</translation>
    </message>
    <message>
        <source>Correct what is asked for, then send again.</source>
        <translation>Xin sửa theo yêu cầu rồi gửi lại.</translation>
    </message>
    <message>
        <source>Nothing to do: the head of the commune has to sign it off.</source>
        <translation>Không phải làm gì: đang chờ Chủ tịch xã ký.</translation>
    </message>
    <message>
        <source>Nothing to do: the province has received it.</source>
        <translation>Không phải làm gì: tỉnh đã nhận được.</translation>
    </message>
    <message>
        <source>Nothing to do: the province is looking at it.</source>
        <translation>Không phải làm gì: tỉnh đang thẩm định.</translation>
    </message>
    <message>
        <source>In the province&apos;s database. You receive it when you next get data.</source>
        <translation>Đã vào cơ sở dữ liệu của tỉnh. Lần lấy dữ liệu tới sẽ nhận được.</translation>
    </message>
    <message>
        <source>Its changes are yours to edit again.</source>
        <translation>Anh/chị có thể sửa tiếp các thay đổi của hồ sơ.</translation>
    </message>
    <message>
        <source>The changes reach into other communes, which will be asked: {communes}.</source>
        <translation>Thay đổi liên quan đến địa bàn khác, cần hỏi ý kiến: {communes}.</translation>
    </message>
    <message>
        <source>&amp;Send {changes} {layers}</source>
        <translation>&amp;Gửi {changes} {layers}</translation>
    </message>
    <message>
        <source>{what}, of the plan “{plan}”, to the province</source>
        <translation>{what} thuộc đồ án “{plan}” lên tỉnh</translation>
    </message>
    <message numerus="yes">
        <source>Shorten the reason by %n character(s): at most {limit} can be sent.</source>
        <translation>
            <numerusform>Hãy rút gọn lý do %n ký tự: chỉ gửi được tối đa {limit} ký tự.</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Send now</source>
        <translation>&amp;Gửi ngay</translation>
    </message>
    <message>
        <source>&amp;Back into a draft</source>
        <translation>Đưa &amp;về bản nháp</translation>
    </message>
    <message>
        <source>No connection: the list is as of {time}.</source>
        <translation>Chưa có kết nối: danh sách theo lần cập nhật lúc {time}.</translation>
    </message>
    <message>
        <source>Only with a connection to the province</source>
        <translation>Chỉ làm được khi có kết nối với tỉnh</translation>
    </message>
    <message>
        <source>The province may have it already. Send it; it can be withdrawn afterwards.</source>
        <translation>Có thể tỉnh đã nhận. Hãy gửi; sau đó có thể rút hồ sơ.</translation>
    </message>
    <message>
        <source>It is not sent then; you can go on writing it</source>
        <translation>Hồ sơ sẽ không được gửi; anh/chị có thể soạn tiếp</translation>
    </message>
    <message>
        <source>Its changes and its text are kept: edit it, then send again.</source>
        <translation>Các thay đổi và nội dung hồ sơ vẫn được giữ: hãy sửa rồi gửi lại.</translation>
    </message>
    <message>
        <source>Finished {time}, not sent yet.</source>
        <translation>Lập xong lúc {time}, chưa gửi.</translation>
    </message>
    <message>
        <source>It leaves by itself as soon as the province can be reached.</source>
        <translation>Hồ sơ tự gửi khi có kết nối với tỉnh.</translation>
    </message>
    <message>
        <source>Without title: {plan}</source>
        <translation>Chưa có tên: {plan}</translation>
    </message>
    <message>
        <source>&amp;Decide…</source>
        <translation>&amp;Xử lý…</translation>
    </message>
    <message numerus="yes">
        <source>Decide %n conflict(s) first.</source>
        <translation>
            <numerusform>Hãy xử lý %n xung đột trước.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Somebody else changed %n of these feature(s) too: {names}. Decide first; nothing is lost.</source>
        <translation>
            <numerusform>Có người khác cũng sửa %n đối tượng trong hồ sơ: {names}. Hãy xử lý trước; không mất dữ liệu.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing to do: it is applied with the last of the linked proposals.</source>
        <translation>Không phải làm gì: hồ sơ được áp dụng cùng hồ sơ liên kết cuối cùng.</translation>
    </message>
    <message>
        <source>Builds on {name}.</source>
        <translation>Dựa trên {name}.</translation>
    </message>
    <message>
        <source>Linked with {name}: decided together.</source>
        <translation>Liên kết với {name}: được quyết định cùng nhau.</translation>
    </message>
    <message>
        <source>a proposal that isn&apos;t at the province yet</source>
        <translation>một hồ sơ chưa gửi đến tỉnh</translation>
    </message>
    <message>
        <source>proposal no. {number} ({state})</source>
        <translation>hồ sơ số {number} ({state})</translation>
    </message>
    <message numerus="yes">
        <source>It shares ground with %n other proposal(s): they are linked, and decided together.</source>
        <translation>
            <numerusform>Hồ sơ này có chung khu đất với %n hồ sơ khác: các hồ sơ được liên kết và quyết định cùng nhau.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n linked proposal(s) share ground, and are decided together.</source>
        <translation>
            <numerusform>%n hồ sơ liên kết có chung khu đất và được quyết định cùng nhau.</numerusform>
        </translation>
    </message>
    <message>
        <source>Its base came back</source>
        <translation>Hồ sơ gốc bị trả lại</translation>
    </message>
    <message>
        <source>The proposal that it builds on came back: withdraw this one, then send both anew.</source>
        <translation>Hồ sơ gốc đã bị trả lại: hãy rút hồ sơ này, rồi gửi lại cả hai.</translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) go on from {names}, not decided yet: this proposal is decided after that.</source>
        <translation>
            <numerusform>%n thay đổi tiếp nối {names}, chưa được quyết định: hồ sơ này được quyết định sau hồ sơ đó.</numerusform>
        </translation>
    </message>
    <message>
        <source>See the ticked changes as the reviewer will: on the map, with balance and check</source>
        <translation>Xem các thay đổi đã chọn như người thẩm định sẽ thấy: trên bản đồ, có cân bằng đất và kiểm tra</translation>
    </message>
    <message>
        <source>Pre&amp;view</source>
        <translation>&amp;Xem trước</translation>
    </message>
    <message>
        <source>3. Check and balance</source>
        <translation>3. Kiểm tra và cân bằng đất</translation>
    </message>
    <message>
        <source>Dis&amp;cussion</source>
        <translation>T&amp;rao đổi</translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) to be redone: see the discussion.</source>
        <translation>
            <numerusform>%n thay đổi phải làm lại: xem Trao đổi.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Related</name>
    <message numerus="yes">
        <source>%n other proposal(s) wait for a decision on the same ground: {named}.</source>
        <translation>
            <numerusform>Có %n hồ sơ khác đang chờ quyết định trên cùng khu đất: {named}.</numerusform>
        </translation>
    </message>
    <message>
        <source>no. {number} ({commune}, {state})</source>
        <translation>số {number} ({commune}, {state})</translation>
    </message>
    <message numerus="yes">
        <source>No. {number} · {title}
{commune} · {state} · %n feature(s), {area}</source>
        <translation>
            <numerusform>Số {number} · {title}
{commune} · {state} · %n đối tượng, {area}</numerusform>
        </translation>
    </message>
    <message>
        <source>{what} · {title}
{commune} · {share} % of the ground, {area}</source>
        <translation>{what} · {title}
{commune} · {share} % khu đất, {area}</translation>
    </message>
    <message>
        <source>Proposal no. {number}</source>
        <translation>Hồ sơ số {number}</translation>
    </message>
    <message>
        <source>Decision {number}</source>
        <translation>Quyết định {number}</translation>
    </message>
    <message>
        <source>, of these {count} directly in the database</source>
        <translation>, trong đó {count} lần sửa trực tiếp trong CSDL</translation>
    </message>
    <message>
        <source>says nothing of this ground</source>
        <translation>không quy định gì cho khu đất này</translation>
    </message>
    <message>
        <source>{area} of features whose attributes aren&apos;t public</source>
        <translation>{area} đối tượng không công khai thuộc tính</translation>
    </message>
    <message>
        <source>{area} of features that others don&apos;t see</source>
        <translation>{area} đối tượng mà người khác không thấy</translation>
    </message>
    <message>
        <source>{area} in the no-work area of the plan “{name}”</source>
        <translation>{area} trong khu vực không tác nghiệp của đồ án “{name}”</translation>
    </message>
    <message>
        <source>{name}: {area} lie in it</source>
        <translation>{name}: {area} nằm trong địa giới</translation>
    </message>
    <message>
        <source>{name}: {distance} away</source>
        <translation>{name}: cách {distance}</translation>
    </message>
    <message>
        <source>Sho&amp;w</source>
        <translation>Xe&amp;m</translation>
    </message>
    <message>
        <source>What else touches this ground</source>
        <translation>Những gì khác liên quan đến khu đất này</translation>
    </message>
    <message>
        <source>Show on the &amp;map</source>
        <translation>Xem trên bả&amp;n đồ</translation>
    </message>
    <message>
        <source>Open the pr&amp;oposal</source>
        <translation>Mở &amp;hồ sơ</translation>
    </message>
    <message>
        <source>Related</source>
        <translation>Liên quan</translation>
    </message>
    <message>
        <source>Looking what else touches this ground…</source>
        <translation>Đang tìm những gì liên quan đến khu đất này…</translation>
    </message>
    <message>
        <source>No other proposal waits on this ground</source>
        <translation>Không có hồ sơ nào khác đang chờ trên khu đất này</translation>
    </message>
    <message>
        <source>In higher plans the ground is</source>
        <translation>Trong quy hoạch cấp trên, khu đất là</translation>
    </message>
    <message>
        <source>Restricted ground</source>
        <translation>Khu vực hạn chế</translation>
    </message>
    <message>
        <source>Neighbouring communes</source>
        <translation>Xã, phường giáp ranh</translation>
    </message>
    <message>
        <source>It belongs to others; ask them or the province</source>
        <translation>Hồ sơ của đơn vị khác; hãy hỏi họ hoặc tỉnh</translation>
    </message>
    <message numerus="yes">
        <source>Adjusted %n time(s) in the last {months} months</source>
        <translation>
            <numerusform>Đã điều chỉnh %n lần trong {months} tháng qua</numerusform>
        </translation>
    </message>
    <message>
        <source>Planning rules (see Check): errors {errors}, remarks {remarks}</source>
        <translation>Quy tắc quy hoạch (xem Kiểm tra): {errors} lỗi, {remarks} lưu ý</translation>
    </message>
    <message>
        <source>Same ground: {named}</source>
        <translation>Cùng khu đất: {named}</translation>
    </message>
</context>
<context>
    <name>Review</name>
    <message>
        <source>Proposal {number}: {title}</source>
        <translation>Hồ sơ {number}: {title}</translation>
    </message>
    <message>
        <source>Result, with its surroundings</source>
        <translation>Kết quả và khu vực lân cận</translation>
    </message>
    <message>
        <source>Reason of the decision</source>
        <translation>Lý do quyết định</translation>
    </message>
    <message>
        <source>Reason (compulsory to return or reject)</source>
        <translation>Lý do (bắt buộc khi trả lại hoặc từ chối)</translation>
    </message>
    <message>
        <source>Re&amp;turn</source>
        <translation>&amp;Trả lại</translation>
    </message>
    <message>
        <source>Re&amp;ject</source>
        <translation>Từ &amp;chối</translation>
    </message>
    <message>
        <source>Back to the commune, to be corrected as the reason says</source>
        <translation>Trả về xã để bổ sung theo lý do đã ghi</translation>
    </message>
    <message>
        <source>Refuse for good, with the reason</source>
        <translation>Từ chối hẳn, kèm lý do</translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) go into the province's database, plan “{plan}”</source>
        <translation>
            <numerusform>%n thay đổi được đưa vào cơ sở dữ liệu của tỉnh, đồ án “{plan}”</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Approve %n change(s)</source>
        <translation>
            <numerusform>&amp;Phê duyệt %n thay đổi</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) go to the province, signed off by you</source>
        <translation>
            <numerusform>%n thay đổi được gửi lên tỉnh với chữ ký của anh/chị</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Sign off %n change(s)</source>
        <translation>
            <numerusform>&amp;Ký gửi %n thay đổi</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The planning rules find %n error(s); it can&apos;t be approved like this.</source>
        <translation>
            <numerusform>Kiểm tra phát hiện %n lỗi; chưa thể phê duyệt như thế này.</numerusform>
        </translation>
    </message>
    <message>
        <source>Write what has to be corrected; then return.</source>
        <translation>Xin ghi rõ cần bổ sung gì rồi bấm Trả lại.</translation>
    </message>
    <message>
        <source>Write why it is refused; then reject.</source>
        <translation>Xin ghi rõ vì sao từ chối rồi bấm Từ chối.</translation>
    </message>
    <message>
        <source>&amp;Open the proposal</source>
        <translation>&amp;Mở hồ sơ</translation>
    </message>
    <message>
        <source>Re&amp;fresh</source>
        <translation>&amp;Làm mới</translation>
    </message>
    <message>
        <source>Proposals waiting for a decision</source>
        <translation>Hồ sơ chờ quyết định</translation>
    </message>
    <message numerus="yes">
        <source>%n proposal(s) waiting for you</source>
        <translation>
            <numerusform>%n hồ sơ đang chờ anh/chị</numerusform>
        </translation>
    </message>
    <message>
        <source>Sign in first, in the dock Working copy.</source>
        <translation>Xin đăng nhập trước, ở khung Bản làm việc.</translation>
    </message>
    <message>
        <source>Here heads of communes sign off proposals, and the province decides on them. Your account does neither.</source>
        <translation>Đây là nơi Chủ tịch xã ký và tỉnh quyết định hồ sơ. Tài khoản của anh/chị không có hai việc này.</translation>
    </message>
    <message>
        <source>Nothing waits for you. Proposals appear here when communes send them.</source>
        <translation>Không có hồ sơ nào chờ anh/chị. Hồ sơ sẽ hiện ở đây khi các xã gửi lên.</translation>
    </message>
    <message>
        <source>Select a proposal in the table first</source>
        <translation>Xin chọn một hồ sơ trong bảng trước</translation>
    </message>
    <message>
        <source>Proposal</source>
        <translation>Hồ sơ</translation>
    </message>
    <message>
        <source>Commune</source>
        <translation>Xã</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Đồ án</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>Thay đổi</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>Thời gian</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Trạng thái</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Duyệt</translation>
    </message>
    <message>
        <source>All attri&amp;butes</source>
        <translation>Tất cả thuộ&amp;c tính</translation>
    </message>
    <message>
        <source>&amp;Look again</source>
        <translation>&amp;Xem lại</translation>
    </message>
    <message>
        <source>Files and history</source>
        <translation>Tệp và quá trình xử lý</translation>
    </message>
    <message>
        <source>Back to the list; the map is again as it was</source>
        <translation>Về danh sách; bản đồ trở lại như trước</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>Đón&amp;g</translation>
    </message>
    <message>
        <source>Previous change (P)</source>
        <translation>Thay đổi trước (P)</translation>
    </message>
    <message>
        <source>Next change (N)</source>
        <translation>Thay đổi sau (N)</translation>
    </message>
    <message>
        <source>Previous change</source>
        <translation>Thay đổi trước</translation>
    </message>
    <message>
        <source>Next change</source>
        <translation>Thay đổi sau</translation>
    </message>
    <message>
        <source>Next &amp;proposal</source>
        <translation>&amp;Hồ sơ tiếp</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Trước</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Sau</translation>
    </message>
    <message>
        <source>{name}, {time} · {state}</source>
        <translation>{name}, {time} · {state}</translation>
    </message>
    <message>
        <source>Ground: {ground}</source>
        <translation>Căn cứ: {ground}</translation>
    </message>
    <message>
        <source>Reason: {reason}</source>
        <translation>Lý do: {reason}</translation>
    </message>
    <message>
        <source>⚠ conflict</source>
        <translation>⚠ xung đột</translation>
    </message>
    <message numerus="yes">
        <source>%n change(s)</source>
        <translation>
            <numerusform>%n thay đổi</numerusform>
        </translation>
    </message>
    <message>
        <source>Writes the reason for you; read it, then return</source>
        <translation>Viết sẵn lý do; đọc lại rồi trả hồ sơ</translation>
    </message>
    <message>
        <source>Return for the con&amp;flicts…</source>
        <translation>Trả lại vì &amp;xung đột…</translation>
    </message>
    <message>
        <source>The province&apos;s data has changed since: {features}.</source>
        <translation>Dữ liệu của tỉnh đã thay đổi sau khi lập hồ sơ: {features}.</translation>
    </message>
    <message>
        <source>Please get the data, decide the conflicts and send again.</source>
        <translation>Đề nghị xã lấy dữ liệu về máy, xử lý xung đột rồi gửi lại.</translation>
    </message>
    <message numerus="yes">
        <source>%n error(s)</source>
        <translation>
            <numerusform>%n lỗi</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n remark(s)</source>
        <translation>
            <numerusform>%n lưu ý</numerusform>
        </translation>
    </message>
    <message>
        <source>Ground and reason, whole or in one line</source>
        <translation>Căn cứ và lý do: xem đủ hoặc thu về một dòng</translation>
    </message>
    <message>
        <source>Drag, or press the arrow keys: before on the left, after on the right</source>
        <translation>Kéo, hoặc dùng phím mũi tên: bên trái là trước, bên phải là sau</translation>
    </message>
    <message>
        <source>&amp;Overlay</source>
        <translation>Chồ&amp;ng</translation>
    </message>
    <message>
        <source>Before and after over one another (1)</source>
        <translation>Trước và sau chồng lên nhau (1)</translation>
    </message>
    <message>
        <source>&amp;Swipe</source>
        <translation>&amp;Vuốt</translation>
    </message>
    <message>
        <source>Before and after on either side of a line that you drag (2)</source>
        <translation>Trước và sau ở hai bên một vạch kéo được (2)</translation>
    </message>
    <message>
        <source>Blin&amp;k</source>
        <translation>Nhá&amp;y</translation>
    </message>
    <message>
        <source>Before and after in turns, once a second (3)</source>
        <translation>Trước và sau luân phiên, mỗi giây một lần (3)</translation>
    </message>
    <message>
        <source>Hold the space bar in the list to see how it was.</source>
        <translation>Giữ phím cách trong danh sách để xem như trước khi thay đổi.</translation>
    </message>
    <message>
        <source>My changes, not sent yet</source>
        <translation>Thay đổi của tôi, chưa gửi</translation>
    </message>
    <message>
        <source>My changes, as the reviewer will see them</source>
        <translation>Thay đổi của tôi, như người thẩm định sẽ thấy</translation>
    </message>
    <message numerus="yes">
        <source>%n change(s), not sent yet</source>
        <translation>
            <numerusform>%n thay đổi, chưa gửi</numerusform>
        </translation>
    </message>
    <message>
        <source>Only what &amp;differs from last time</source>
        <translation>Chỉ những gì khác lần trướ&amp;c</translation>
    </message>
    <message>
        <source>as before</source>
        <translation>như cũ</translation>
    </message>
    <message>
        <source>altered</source>
        <translation>đã sửa lại</translation>
    </message>
    <message>
        <source>new</source>
        <translation>mới</translation>
    </message>
    <message>
        <source>dropped</source>
        <translation>đã bỏ</translation>
    </message>
    <message>
        <source>Version {number}</source>
        <translation>Bản {number}</translation>
    </message>
    <message>
        <source>Version {now}. Version {before} was withdrawn by {name}, {time}.</source>
        <translation>Bản {now}. Bản {before} do {name} rút về, {time}.</translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) are marked to be redone: a return carries them with their reasons.</source>
        <translation>
            <numerusform>%n thay đổi phải làm lại: khi trả lại sẽ kèm lý do từng thay đổi.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing waits for your agency. Proposals appear here when the province asks for your opinion.</source>
        <translation>Chưa có gì chờ cơ quan của anh/chị. Hồ sơ hiện ở đây khi tỉnh lấy ý kiến.</translation>
    </message>
    <message>
        <source>Find: number, title, commune, author</source>
        <translation>Tìm: số, tiêu đề, xã, người lập</translation>
    </message>
    <message>
        <source>Find a proposal</source>
        <translation>Tìm hồ sơ</translation>
    </message>
    <message>
        <source>Accents don&apos;t matter</source>
        <translation>Không cần gõ dấu</translation>
    </message>
    <message>
        <source>&amp;Filter</source>
        <translation>&amp;Lọc</translation>
    </message>
    <message>
        <source>Over&amp;due</source>
        <translation>&amp;Quá hạn</translation>
    </message>
    <message>
        <source>Taken up by &amp;me</source>
        <translation>Tôi đan&amp;g xử lý</translation>
    </message>
    <message>
        <source>All communes</source>
        <translation>Mọi xã, phường</translation>
    </message>
    <message>
        <source>All plans</source>
        <translation>Mọi đồ án</translation>
    </message>
    <message>
        <source>All states</source>
        <translation>Mọi trạng thái</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) or more</source>
        <translation>
            <numerusform>từ %n ngày</numerusform>
        </translation>
    </message>
    <message>
        <source>Any age</source>
        <translation>Mọi thời gian</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>Hạn</translation>
    </message>
    <message>
        <source>Show &amp;all</source>
        <translation>Hiện tất &amp;cả</translation>
    </message>
    <message numerus="yes">
        <source>%n overdue</source>
        <translation>
            <numerusform>%n quá hạn</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n shown</source>
        <translation>
            <numerusform>đang hiện %n</numerusform>
        </translation>
    </message>
    <message>
        <source>due {day}</source>
        <translation>hạn {day}</translation>
    </message>
    <message>
        <source>No. {number}</source>
        <translation>Số {number}</translation>
    </message>
    <message>
        <source>Appraised: it may be approved. It goes to who approves</source>
        <translation>Đã thẩm định: đủ điều kiện phê duyệt. Hồ sơ được trình người phê duyệt</translation>
    </message>
    <message>
        <source>Put for&amp;ward</source>
        <translation>Trình phê &amp;duyệt</translation>
    </message>
    <message>
        <source>Your commune, which the changes reach into, has nothing against them</source>
        <translation>Thay đổi lấn sang địa bàn xã; xã không có ý kiến khác</translation>
    </message>
    <message>
        <source>C&amp;onsent</source>
        <translation>Đồ&amp;ng ý</translation>
    </message>
    <message>
        <source>The province has looked at what the commune approved, and objects to nothing</source>
        <translation>Tỉnh đã xem nội dung xã phê duyệt và không có ý kiến</translation>
    </message>
    <message>
        <source>C&amp;hecked</source>
        <translation>Đã &amp;hậu kiểm</translation>
    </message>
    <message>
        <source>The commune is told the reason; what was approved stays in force</source>
        <translation>Xã nhận được lý do; nội dung đã phê duyệt vẫn giữ nguyên</translation>
    </message>
    <message>
        <source>O&amp;bject</source>
        <translation>Có ý kiế&amp;n</translation>
    </message>
    <message>
        <source>Write what the province objects to; then object.</source>
        <translation>Ghi rõ tỉnh có ý kiến về điều gì, rồi bấm Có ý kiến.</translation>
    </message>
    <message>
        <source>Decide without the consent of {communes}</source>
        <translation>Quyết định khi chưa có đồng ý của {communes}</translation>
    </message>
    <message>
        <source>Reason (compulsory to object)</source>
        <translation>Lý do (bắt buộc khi có ý kiến)</translation>
    </message>
    <message numerus="yes">
        <source>%n different values</source>
        <translation>
            <numerusform>%n giá trị khác nhau</numerusform>
        </translation>
    </message>
    <message>
        <source>Record of acts: the chain is broken. Entries were altered or taken out; tell the inspectors.</source>
        <translation>Chuỗi xác thực của nhật ký bị đứt: có mục đã bị sửa hoặc xóa. Hãy báo cho cơ quan thanh tra.</translation>
    </message>
    <message>
        <source>Record of acts: it isn&apos;t the one that this computer saw before; tell the inspectors.</source>
        <translation>Nhật ký không còn khớp với bản mà máy này đã thấy trước đó. Hãy báo cho cơ quan thanh tra.</translation>
    </message>
    <message>
        <source>It agrees with the signed state of {at} that this computer keeps.</source>
        <translation>Khớp với trạng thái có chữ ký lúc {at} mà máy này đang giữ.</translation>
    </message>
    <message numerus="yes">
        <source>Record of acts: a whole chain of %n entries.</source>
        <translation>
            <numerusform>Nhật ký: chuỗi xác thực gồm %n mục, còn nguyên vẹn.</numerusform>
        </translation>
    </message>
    <message>
        <source>Approved. The signed decision and its coming into force: tab “Decision”.</source>
        <translation>Đã phê duyệt. Xem quyết định đã ký và hiệu lực ở thẻ “Quyết định”.</translation>
    </message>
    <message>
        <source>● not as seen</source>
        <translation>● khác lúc xem</translation>
    </message>
    <message>
        <source>As seen</source>
        <translation>Lúc xem</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Bây giờ</translation>
    </message>
    <message>
        <source>Not as seen: {features}.</source>
        <translation>Khác lúc xem: {features}.</translation>
    </message>
    <message>
        <source>New findings of the rules: {count}.</source>
        <translation>Lỗi, lưu ý mới theo quy định: {count}.</translation>
    </message>
    <message>
        <source>Findings that are gone: {count}.</source>
        <translation>Lỗi, lưu ý không còn: {count}.</translation>
    </message>
    <message>
        <source>Balance</source>
        <translation>Cân bằng</translation>
    </message>
    <message>
        <source>Land balance: areas by function before and after, norms</source>
        <translation>Cân bằng đất: diện tích theo chức năng trước và sau, chỉ tiêu</translation>
    </message>
    <message>
        <source>&amp;Before</source>
        <translation>T&amp;rước</translation>
    </message>
    <message>
        <source>A&amp;fter</source>
        <translation>S&amp;au</translation>
    </message>
    <message>
        <source>Also what doesn&apos;t change</source>
        <translation>Cả những gì không đổi</translation>
    </message>
    <message>
        <source>Shown on the map</source>
        <translation>Hiện trên bản đồ</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Kiểm tra</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Tệp</translation>
    </message>
    <message>
        <source>Version {before} was withdrawn</source>
        <translation>Bản {before} đã rút</translation>
    </message>
    <message>
        <source>Version {before} came back</source>
        <translation>Bản {before} bị trả lại</translation>
    </message>
    <message>
        <source>Version {now}. Version {before} was returned by {name}, {time}.</source>
        <translation>Bản {now}. Bản {before} bị {name} trả lại, {time}.</translation>
    </message>
    <message>
        <source>What was to be redone is told at each change.</source>
        <translation>Việc phải làm lại ghi ở từng thay đổi.</translation>
    </message>
    <message>
        <source>Land balance: a norm isn&apos;t met</source>
        <translation>Cân bằng đất: có chỉ tiêu chưa đạt</translation>
    </message>
    <message>
        <source>asking the hub …</source>
        <translation>đang hỏi máy chủ …</translation>
    </message>
    <message>
        <source>No connection: {kept} of {all} are on this computer, and only these are searched.</source>
        <translation>Mất kết nối: máy này có {kept} trong {all} hồ sơ, chỉ tìm được trong số đó.</translation>
    </message>
    <message numerus="yes">
        <source>%n found</source>
        <translation>
            <numerusform>tìm thấy %n</numerusform>
        </translation>
    </message>
    <message>
        <source>There is nothing for you to decide here. {standing}.</source>
        <translation>Anh/chị không phải quyết định gì ở đây. {standing}.</translation>
    </message>
    <message>
        <source>brought back</source>
        <translation>khôi phục</translation>
    </message>
    <message>
        <source>Land balance: the check finds something about it</source>
        <translation>Cân bằng đất: kiểm tra có phát hiện</translation>
    </message>
    <message>
        <source>{day} (provisional)</source>
        <translation>{day} (tạm tính)</translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) clash with the province&apos;s data: {features}.</source>
        <translation>
            <numerusform>%n thay đổi xung đột với dữ liệu tỉnh: {features}.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is overwritten: return it for the commune to decide.</source>
        <translation>Chưa ghi đè gì: xin trả lại để xã quyết định.</translation>
    </message>
    <message>
        <source>Province now</source>
        <translation>Tỉnh hiện có</translation>
    </message>
    <message>
        <source>Proposed</source>
        <translation>Hồ sơ đề nghị</translation>
    </message>
    <message>
        <source>Province&apos;s change</source>
        <translation>Thay đổi của tỉnh</translation>
    </message>
    <message>
        <source>What clashes isn&apos;t applied here, so the rules may find errors that come from that alone.</source>
        <translation>Phần xung đột chưa được áp dụng ở đây; lỗi có thể chỉ do điều đó.</translation>
    </message>
    <message>
        <source>Fetches the proposal and the province&apos;s data as they are now</source>
        <translation>Lấy hồ sơ và dữ liệu của tỉnh như hiện giờ</translation>
    </message>
    <message>
        <source>Proposals that you had a part in</source>
        <translation>Hồ sơ đã tham gia xử lý</translation>
    </message>
    <message numerus="yes">
        <source>%n proposal(s) that you had a part in</source>
        <translation>
            <numerusform>%n hồ sơ đã tham gia xử lý</numerusform>
        </translation>
    </message>
    <message>
        <source>Record of acts, in its order</source>
        <translation>Nhật ký các việc đã làm, theo thứ tự</translation>
    </message>
    <message>
        <source>Show the &amp;record</source>
        <translation>Xem &amp;nhật ký</translation>
    </message>
    <message>
        <source>Cop&amp;y the record</source>
        <translation>Sa&amp;o chép nhật ký</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>Số</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Thời điểm</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Ai</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Việc</translation>
    </message>
    <message>
        <source>By what right</source>
        <translation>Thẩm quyền</translation>
    </message>
    <message>
        <source>Hash</source>
        <translation>Mã băm</translation>
    </message>
    <message>
        <source>version {number}</source>
        <translation>bản {number}</translation>
    </message>
    <message>
        <source>decision {number}</source>
        <translation>quyết định {number}</translation>
    </message>
    <message>
        <source>revision {number}</source>
        <translation>lần cập nhật {number}</translation>
    </message>
    <message>
        <source>for {giver}, by the delegation {document}</source>
        <translation>thay {giver}, theo ủy quyền {document}</translation>
    </message>
    <message>
        <source>for {communes}</source>
        <translation>thay mặt {communes}</translation>
    </message>
    <message>
        <source>without the consent of {communes}</source>
        <translation>không có đồng thuận của {communes}</translation>
    </message>
    <message>
        <source>recorded the signed decision</source>
        <translation>ghi nhận quyết định đã ký</translation>
    </message>
    <message>
        <source>corrected the recorded decision</source>
        <translation>đính chính quyết định đã ghi nhận</translation>
    </message>
    <message>
        <source>put the decision into force</source>
        <translation>đưa quyết định vào hiệu lực</translation>
    </message>
    <message>
        <source>noted a task as done</source>
        <translation>ghi nhận đã xong một việc</translation>
    </message>
    <message>
        <source>wrote a remark</source>
        <translation>viết ý kiến trao đổi</translation>
    </message>
    <message>
        <source>settled a remark</source>
        <translation>đóng một ý kiến trao đổi</translation>
    </message>
    <message>
        <source>opened a remark again</source>
        <translation>mở lại một ý kiến trao đổi</translation>
    </message>
    <message>
        <source>gave a verdict on a change</source>
        <translation>nhận xét một thay đổi</translation>
    </message>
    <message>
        <source>asked an agency for its opinion</source>
        <translation>hỏi ý kiến cơ quan</translation>
    </message>
    <message>
        <source>took back the question to an agency</source>
        <translation>rút lại việc hỏi ý kiến cơ quan</translation>
    </message>
    <message>
        <source>gave an agency&apos;s opinion</source>
        <translation>cho ý kiến của cơ quan</translation>
    </message>
    <message>
        <source>answered an opinion</source>
        <translation>giải trình ý kiến</translation>
    </message>
</context>
<context>
    <name>Rules</name>
    <message>
        <source>the shape crosses or touches itself.</source>
        <translation>hình tự cắt hoặc tự chạm.</translation>
    </message>
    <message>
        <source>required attributes are empty: {names}.</source>
        <translation>còn để trống thuộc tính bắt buộc: {names}.</translation>
    </message>
    <message>
        <source>the land function isn&apos;t in the official list: {names}.</source>
        <translation>chức năng sử dụng đất không có trong danh mục: {names}.</translation>
    </message>
    <message>
        <source>a code isn&apos;t in the official list: {names}.</source>
        <translation>mã không có trong danh mục: {names}.</translation>
    </message>
    <message>
        <source>overlaps a neighbouring lot by {area}.</source>
        <translation>chồng lên lô bên cạnh {area}.</translation>
    </message>
    <message>
        <source>leaves a gap of {area} to its neighbours.</source>
        <translation>để hở {area} với các lô bên cạnh.</translation>
    </message>
    <message>
        <source>rule {rule} isn&apos;t met.</source>
        <translation>chưa đạt quy tắc {rule}.</translation>
    </message>
    <message>
        <source>a norm of the land-fund balance isn&apos;t met: {norm}.</source>
        <translation>không đạt chỉ tiêu cân bằng đất: {norm}.</translation>
    </message>
    <message>
        <source>the plan&apos;s plots cover {area} more than the ground within its boundary.</source>
        <translation>các lô đất của đồ án vượt quá diện tích trong ranh giới {area}.</translation>
    </message>
    <message>
        <source>the plan&apos;s plots leave {area} of the ground within its boundary uncovered.</source>
        <translation>các lô đất của đồ án còn để trống {area} trong ranh giới.</translation>
    </message>
    <message>
        <source>the plan&apos;s plots cover {area} less than before.</source>
        <translation>tổng diện tích các lô đất của đồ án giảm {area} so với trước điều chỉnh.</translation>
    </message>
    <message>
        <source>the plan&apos;s plots cover {area} more than before.</source>
        <translation>tổng diện tích các lô đất của đồ án tăng {area} so với trước điều chỉnh.</translation>
    </message>
</context>
<context>
    <name>Sheet</name>
    <message>
        <source>Page {number}/{count}</source>
        <translation>Trang {number}/{count}</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Quá trình xử lý</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>Toàn cảnh</translation>
    </message>
    <message>
        <source>Changes ({count})</source>
        <translation>Các thay đổi ({count})</translation>
    </message>
    <message>
        <source>Findings of the planning rules</source>
        <translation>Kết quả kiểm tra theo quy tắc quy hoạch</translation>
    </message>
    <message>
        <source>Remarks and answers</source>
        <translation>Trao đổi, trả lời</translation>
    </message>
    <message>
        <source>Agencies&apos; opinions</source>
        <translation>Ý kiến của các cơ quan</translation>
    </message>
    <message>
        <source>Land-fund balance of the plan</source>
        <translation>Cân bằng đất của đồ án</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>Quyết định</translation>
    </message>
    <message>
        <source>No. {number}, version {version}</source>
        <translation>Hồ sơ số {number}, bản {version}</translation>
    </message>
    <message>
        <source>Proposal</source>
        <translation>Hồ sơ</translation>
    </message>
    <message>
        <source>Number, version</source>
        <translation>Số, bản</translation>
    </message>
    <message>
        <source>Commune</source>
        <translation>Xã</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Đồ án</translation>
    </message>
    <message>
        <source>Sent by</source>
        <translation>Người gửi</translation>
    </message>
    <message>
        <source>Ground</source>
        <translation>Căn cứ</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Lý do</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Trạng thái</translation>
    </message>
    <message>
        <source>To be decided by</source>
        <translation>Hạn giải quyết</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>Thay đổi</translation>
    </message>
    <message>
        <source>Applied in revision</source>
        <translation>Áp dụng ở lần cập nhật</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Tệp kèm theo</translation>
    </message>
    <message>
        <source>Printed {time} by {name} without a connection: as it was known here {at}</source>
        <translation>{name} in lúc {time} khi không có mạng: theo số liệu máy này có lúc {at}</translation>
    </message>
    <message>
        <source>Printed {time} by {name}</source>
        <translation>{name} in lúc {time}</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Thời điểm</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Việc</translation>
    </message>
    <message>
        <source>All about this proposal as a PDF for the file: maps, values, findings, remarks, decision</source>
        <translation>Toàn bộ hồ sơ thành tệp PDF để lưu: bản đồ, thuộc tính, kết quả kiểm tra, trao đổi, quyết định</translation>
    </message>
    <message>
        <source>Change s&amp;heet (PDF)…</source>
        <translation>P&amp;hiếu thay đổi (PDF)…</translation>
    </message>
    <message>
        <source>change-sheet-{number}-{version}.pdf</source>
        <translation>phieu-thay-doi-{number}-{version}.pdf</translation>
    </message>
    <message>
        <source>Write the change sheet</source>
        <translation>Lưu phiếu thay đổi</translation>
    </message>
    <message>
        <source>After the changes, scale 1:{scale}</source>
        <translation>Sau thay đổi, tỷ lệ 1:{scale}</translation>
    </message>
    <message>
        <source>Only the first {pictures} of {count} changes have maps of their own; the tables tell of all.</source>
        <translation>Chỉ {pictures} trong số {count} thay đổi đầu tiên có bản đồ riêng; các bảng nêu đủ mọi thay đổi.</translation>
    </message>
    <message>
        <source>Conflict: somebody else changed it too.</source>
        <translation>Xung đột: người khác cũng đã sửa đối tượng này.</translation>
    </message>
    <message>
        <source>Attribute</source>
        <translation>Thuộc tính</translation>
    </message>
    <message>
        <source>Before, 1:{scale}</source>
        <translation>Trước, 1:{scale}</translation>
    </message>
    <message>
        <source>After, 1:{scale}</source>
        <translation>Sau, 1:{scale}</translation>
    </message>
    <message>
        <source>The planning rules found nothing.</source>
        <translation>Kiểm tra theo quy tắc quy hoạch: không phát hiện lỗi.</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>Thời hạn</translation>
    </message>
    <message>
        <source>Opinion</source>
        <translation>Ý kiến</translation>
    </message>
    <message>
        <source>The commune&apos;s answer</source>
        <translation>Xã tiếp thu, giải trình</translation>
    </message>
    <message>
        <source>The land-fund balance could not be had for this sheet.</source>
        <translation>Không lấy được bảng cân bằng đất cho phiếu này.</translation>
    </message>
    <message>
        <source>Before, ha</source>
        <translation>Trước, ha</translation>
    </message>
    <message>
        <source>After, ha</source>
        <translation>Sau, ha</translation>
    </message>
    <message>
        <source>result</source>
        <translation>kết quả hợp nhất</translation>
    </message>
    <message>
        <source>no result to decide on; content</source>
        <translation>chưa có kết quả hợp nhất; nội dung gửi</translation>
    </message>
    <message>
        <source>CHANGE SHEET OF A PLANNING PROPOSAL</source>
        <translation>PHIẾU THAY ĐỔI HỒ SƠ QUY HOẠCH</translation>
    </message>
    <message>
        <source>Verdicts on earlier versions</source>
        <translation>Đánh giá ở các bản trước</translation>
    </message>
    <message>
        <source>What was said about it isn&apos;t known here.</source>
        <translation>Máy này không có nội dung trao đổi về hồ sơ.</translation>
    </message>
    <message>
        <source>The decision&apos;s record could not be had for this sheet.</source>
        <translation>Không lấy được thông tin quyết định cho phiếu này.</translation>
    </message>
</context>
<context>
    <name>Signs</name>
    <message>
        <source>+ Added</source>
        <translation>+ Thêm</translation>
    </message>
    <message>
        <source>− Removed</source>
        <translation>− Xóa</translation>
    </message>
    <message>
        <source>Before the change</source>
        <translation>Trước khi sửa</translation>
    </message>
    <message>
        <source>After the change</source>
        <translation>Sau khi sửa</translation>
    </message>
    <message>
        <source>⚠ Someone else changed it too</source>
        <translation>⚠ Có người khác cũng sửa</translation>
    </message>
    <message>
        <source>The province&apos;s, in a conflict</source>
        <translation>Bản của tỉnh, khi xung đột</translation>
    </message>
    <message>
        <source>Drawn anew, in a conflict</source>
        <translation>Hình vẽ lại, khi xung đột</translation>
    </message>
    <message>
        <source>What a remark is about</source>
        <translation>Nơi có ý kiến</translation>
    </message>
    <message>
        <source>Suggested</source>
        <translation>Gợi ý</translation>
    </message>
</context>
<context>
    <name>Sync</name>
    <message>
        <source>&amp;Look now and send what waits</source>
        <translation>&amp;Kiểm tra ngay và gửi những gì đang chờ</translation>
    </message>
    <message>
        <source>Get data automatically</source>
        <translation>Tự động lấy dữ liệu</translation>
    </message>
    <message>
        <source>Get data to this computer</source>
        <translation>Lấy dữ liệu về máy này</translation>
    </message>
    <message>
        <source>Waiting to be sent: {here}; waiting to be got: {there}</source>
        <translation>Chờ gửi: {here}; chờ lấy về: {there}</translation>
    </message>
    <message>
        <source>When there is something &amp;new</source>
        <translation>Khi có &amp;tin mới</translation>
    </message>
    <message>
        <source>Every &amp;15 minutes</source>
        <translation>Mỗi &amp;15 phút</translation>
    </message>
    <message>
        <source>Only when I &amp;press the button</source>
        <translation>Chỉ khi tôi &amp;bấm nút</translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) here that are in no proposal yet</source>
        <translation>
            <numerusform>%n thay đổi ở máy này chưa nằm trong hồ sơ nào</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n proposal(s) waiting for the network</source>
        <translation>
            <numerusform>%n hồ sơ đang chờ mạng</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new change(s) at the province</source>
        <translation>
            <numerusform>%n thay đổi mới ở tỉnh</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n remark(s) waiting for the network</source>
        <translation>
            <numerusform>%n ý kiến chờ có mạng</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n proposal(s) with something new</source>
        <translation>
            <numerusform>%n hồ sơ có điều mới</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tasks</name>
    <message>
        <source>Add &amp;evidence…</source>
        <translation>Thêm tệp &amp;minh chứng…</translation>
    </message>
    <message>
        <source>Mark as &amp;done</source>
        <translation>Đánh &amp;dấu hoàn thành</translation>
    </message>
    <message>
        <source>What has to be done after decisions</source>
        <translation>Việc phải làm sau quyết định</translation>
    </message>
    <message>
        <source>What was done, where and when</source>
        <translation>Đã làm gì, ở đâu, khi nào</translation>
    </message>
    <message numerus="yes">
        <source>%n task(s) after decisions</source>
        <translation>
            <numerusform>%n việc cần làm sau quyết định</numerusform>
        </translation>
    </message>
    <message>
        <source>Write down first what was done</source>
        <translation>Hãy ghi trước đã làm gì</translation>
    </message>
    <message>
        <source>A file that shows what was done</source>
        <translation>Tệp minh chứng việc đã làm</translation>
    </message>
    <message>
        <source>Publish the plan</source>
        <translation>Công bố quy hoạch</translation>
    </message>
    <message>
        <source>Archive the dossier</source>
        <translation>Lưu trữ hồ sơ</translation>
    </message>
    <message>
        <source>Make the implementation plan</source>
        <translation>Lập kế hoạch thực hiện</translation>
    </message>
    <message>
        <source>Review lower plans against this one</source>
        <translation>Rà soát quy hoạch cấp dưới</translation>
    </message>
    <message>
        <source>no fixed day</source>
        <translation>chưa định ngày</translation>
    </message>
    <message numerus="yes">
        <source>OVERDUE by %n day(s)</source>
        <translation>
            <numerusform>QUÁ HẠN %n ngày</numerusform>
        </translation>
    </message>
    <message>
        <source>due today</source>
        <translation>hạn hôm nay</translation>
    </message>
    <message>
        <source>until {day}</source>
        <translation>hạn {day}</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) left</source>
        <translation>
            <numerusform>còn %n ngày</numerusform>
        </translation>
    </message>
    <message>
        <source>done by {name}, {time}</source>
        <translation>{name} đã làm, {time}</translation>
    </message>
    <message>
        <source>Content of defence, security and state secrets is not published.</source>
        <translation>Không công bố nội dung quốc phòng, an ninh, bí mật nhà nước.</translation>
    </message>
    <message>
        <source>Lower plans: {names}</source>
        <translation>Quy hoạch cấp dưới: {names}</translation>
    </message>
    <message>
        <source>No lower plan is registered.</source>
        <translation>Chưa có quy hoạch cấp dưới nào.</translation>
    </message>
    <message numerus="yes">
        <source>%n feature(s) of defence or security are left out.</source>
        <translation>
            <numerusform>Không công bố %n đối tượng quốc phòng, an ninh.</numerusform>
        </translation>
    </message>
    <message>
        <source>What the commune has to do:</source>
        <translation>Việc xã phải làm:</translation>
    </message>
</context>
<context>
    <name>WorkingCopy</name>
    <message>
        <source>&amp;Revert</source>
        <translation>&amp;Hoàn lại</translation>
    </message>
    <message>
        <source>Into a &amp;proposal</source>
        <translation>Đưa vào hồ &amp;sơ</translation>
    </message>
    <message>
        <source>Find a change: name, layer, state</source>
        <translation>Tìm thay đổi: tên, lớp, trạng thái</translation>
    </message>
    <message>
        <source>Find a change</source>
        <translation>Tìm thay đổi</translation>
    </message>
    <message>
        <source>Accents don&apos;t matter (Ctrl+F)</source>
        <translation>Không cần gõ dấu (Ctrl+F)</translation>
    </message>
    <message>
        <source>&amp;Leave as it is</source>
        <translation>Để &amp;nguyên</translation>
    </message>
    <message>
        <source>No changes yet. What you draw, edit or delete in the planning layers appears here when saved.</source>
        <translation>Chưa có thay đổi nào. Những gì anh/chị vẽ, sửa, xóa trên các lớp quy hoạch sẽ hiện ở đây sau khi lưu.</translation>
    </message>
    <message numerus="yes">
        <source>Re&amp;vert %n change(s)</source>
        <translation>
            <numerusform>Hoà&amp;n lại %n thay đổi</numerusform>
        </translation>
    </message>
    <message>
        <source>Somebody else edited this too.</source>
        <translation>Có người khác cũng sửa.</translation>
    </message>
    <message>
        <source>Both versions are kept until you decide. No data is lost.</source>
        <translation>Cả hai bản được giữ đến khi anh/chị quyết định. Không mất dữ liệu.</translation>
    </message>
    <message>
        <source>Select changes in the list first</source>
        <translation>Xin chọn thay đổi trong danh sách trước</translation>
    </message>
    <message numerus="yes">
        <source>Take %n change(s) back; you are shown first what that does</source>
        <translation>
            <numerusform>Hoàn lại %n thay đổi; sẽ cho xem trước kết quả</numerusform>
        </translation>
    </message>
    <message>
        <source>Select changes that are in no proposal yet</source>
        <translation>Xin chọn các thay đổi chưa nằm trong hồ sơ nào</translation>
    </message>
    <message numerus="yes">
        <source>Put %n change(s) into a proposal</source>
        <translation>
            <numerusform>Đưa %n thay đổi vào hồ sơ</numerusform>
        </translation>
    </message>
    <message>
        <source>Sign out (the working copy stays on this computer)</source>
        <translation>Đăng xuất (bản làm việc vẫn ở trên máy)</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Đăng xuất</translation>
    </message>
    <message>
        <source>No commune chosen</source>
        <translation>Chưa chọn xã</translation>
    </message>
    <message>
        <source>Connected to the province · {name}</source>
        <translation>Đã kết nối với tỉnh · {name}</translation>
    </message>
    <message>
        <source>No connection since {time}; you can go on working</source>
        <translation>Mất kết nối từ {time}; vẫn làm việc được</translation>
    </message>
    <message>
        <source>No connection; you can go on working</source>
        <translation>Mất kết nối; vẫn làm việc được</translation>
    </message>
    <message>
        <source>Not signed in</source>
        <translation>Chưa đăng nhập</translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) on this computer</source>
        <translation>
            <numerusform>%n thay đổi trên máy này</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n proposal(s) not sent yet</source>
        <translation>
            <numerusform>%n hồ sơ chưa gửi</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing new at the province</source>
        <translation>Trên tỉnh không có gì mới</translation>
    </message>
    <message numerus="yes">
        <source>%n new change(s) at the province</source>
        <translation>
            <numerusform>%n thay đổi mới trên tỉnh</numerusform>
        </translation>
    </message>
    <message>
        <source>Last data from the province: {age}</source>
        <translation>Lấy dữ liệu lần cuối: {age}</translation>
    </message>
    <message>
        <source>Features that can&apos;t be sent</source>
        <translation>Đối tượng chưa gửi được</translation>
    </message>
    <message numerus="yes">
        <source>%n feature(s) can&apos;t be sent as they are. Double-click shows the place.</source>
        <translation>
            <numerusform>%n đối tượng chưa gửi được. Nhấp đúp để xem vị trí.</numerusform>
        </translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Tiến độ</translation>
    </message>
    <message>
        <source>Stop; everything stays as it was before</source>
        <translation>Dừng; mọi thứ giữ như trước</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>&amp;Dừng</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done}/{total}</translation>
    </message>
    <message>
        <source>{done} features</source>
        <translation>{done} đối tượng</translation>
    </message>
    <message>
        <source>{done} of {total} features</source>
        <translation>{done}/{total} đối tượng</translation>
    </message>
    <message>
        <source>Address of the province's hub, for example https://…</source>
        <translation>Địa chỉ máy chủ quy hoạch của tỉnh, ví dụ https://…</translation>
    </message>
    <message>
        <source>The account name that the province gave you</source>
        <translation>Tên tài khoản do tỉnh cấp</translation>
    </message>
    <message>
        <source>Capital letters count</source>
        <translation>Có phân biệt chữ hoa</translation>
    </message>
    <message>
        <source>&amp;Sign in</source>
        <translation>Đăng &amp;nhập</translation>
    </message>
    <message>
        <source>Sign in with the account that the province gave you, to get your commune&apos;s data.</source>
        <translation>Xin đăng nhập bằng tài khoản do tỉnh cấp để lấy dữ liệu của xã.</translation>
    </message>
    <message>
        <source>&amp;Hub</source>
        <translation>Máy &amp;chủ</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>&amp;Mật khẩu</translation>
    </message>
    <message>
        <source>Please fill in: {field}.</source>
        <translation>Xin điền: {field}.</translation>
    </message>
    <message>
        <source>Working copy</source>
        <translation>Bản làm việc</translation>
    </message>
    <message>
        <source>Commune</source>
        <translation>Xã</translation>
    </message>
    <message>
        <source>The commune whose plans you work on</source>
        <translation>Xã mà anh/chị làm quy hoạch</translation>
    </message>
    <message>
        <source>Get data to this computer</source>
        <translation>Lấy dữ liệu về máy</translation>
    </message>
    <message>
        <source>Get data to this computer: what is new at the province (F9)</source>
        <translation>Lấy dữ liệu về máy: phần mới trên tỉnh (F9)</translation>
    </message>
    <message>
        <source>&amp;Bring back the record</source>
        <translation>&amp;Khôi phục ghi nhận</translation>
    </message>
    <message>
        <source>Choose a commune…</source>
        <translation>Chọn xã…</translation>
    </message>
    <message>
        <source>&amp;Choose a commune</source>
        <translation>&amp;Chọn xã</translation>
    </message>
    <message>
        <source>&amp;Get data to this computer</source>
        <translation>&amp;Lấy dữ liệu về máy</translation>
    </message>
    <message>
        <source>Bring the commune&apos;s planning data from the province to this computer</source>
        <translation>Đưa dữ liệu quy hoạch của xã từ tỉnh về máy này</translation>
    </message>
    <message>
        <source>&amp;Start drawing</source>
        <translation>&amp;Bắt đầu vẽ</translation>
    </message>
    <message>
        <source>Make the land-use layer editable with the tool for a new feature</source>
        <translation>Bật chỉnh sửa lớp chức năng sử dụng đất với công cụ vẽ đối tượng mới</translation>
    </message>
    <message>
        <source>&amp;Decide the conflicts</source>
        <translation>Xử lý &amp;xung đột</translation>
    </message>
    <message>
        <source>Go to the first feature that somebody else changed too</source>
        <translation>Đến đối tượng đầu tiên có người khác cũng sửa</translation>
    </message>
    <message>
        <source>&amp;Make a proposal</source>
        <translation>&amp;Lập hồ sơ</translation>
    </message>
    <message>
        <source>Put the changes into a proposal for the province</source>
        <translation>Đưa các thay đổi vào hồ sơ gửi tỉnh</translation>
    </message>
    <message>
        <source>Proposals wait for your decision</source>
        <translation>Có hồ sơ chờ anh/chị quyết định</translation>
    </message>
    <message numerus="yes">
        <source>%n drawn feature(s) will be deleted</source>
        <translation>
            <numerusform>%n đối tượng mới vẽ sẽ bị xóa</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n edited feature(s) go back to the original</source>
        <translation>
            <numerusform>%n đối tượng đã sửa trở về bản gốc</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n deleted feature(s) come back</source>
        <translation>
            <numerusform>%n đối tượng đã xóa được khôi phục</numerusform>
        </translation>
    </message>
    <message>
        <source>a feature without a name</source>
        <translation>một đối tượng chưa có tên</translation>
    </message>
    <message>
        <source>&amp;Open what waits for review</source>
        <translation>&amp;Mở hồ sơ chờ duyệt</translation>
    </message>
    <message>
        <source>Compare the damaged layers with what the province sent; what differs is listed as your changes</source>
        <translation>So sánh các lớp bị hỏng với dữ liệu tỉnh đã gửi; chỗ khác nhau được liệt kê là thay đổi của anh/chị</translation>
    </message>
    <message>
        <source>&amp;Go on with the draft</source>
        <translation>&amp;Tiếp tục hồ sơ nháp</translation>
    </message>
    <message>
        <source>Finish the draft proposal, then send it</source>
        <translation>Hoàn thiện hồ sơ nháp rồi gửi lên tỉnh</translation>
    </message>
    <message>
        <source>&amp;Correct what came back</source>
        <translation>&amp;Sửa hồ sơ bị trả lại</translation>
    </message>
    <message>
        <source>A proposal came back: see why, correct it and send it again</source>
        <translation>Có hồ sơ bị trả lại: xem lý do, sửa và gửi lại</translation>
    </message>
    <message>
        <source>&amp;Decide…</source>
        <translation>&amp;Xử lý…</translation>
    </message>
    <message>
        <source>Compare both sides and choose, value by value</source>
        <translation>So sánh hai bên và chọn từng giá trị</translation>
    </message>
    <message>
        <source>&amp;Bring it here</source>
        <translation>&amp;Mang về đây</translation>
    </message>
    <message>
        <source>&amp;Not now</source>
        <translation>&amp;Để sau</translation>
    </message>
    <message>
        <source>The province keeps {work} from your computer {device}, last seen {time}.</source>
        <translation>Tỉnh đang giữ {work} từ máy {device} của anh/chị, lần cuối {time}.</translation>
    </message>
    <message>
        <source>The province keeps {work} of {name} from the computer {device}, last seen {time}.</source>
        <translation>Tỉnh đang giữ {work} của {name} từ máy {device}, lần cuối {time}.</translation>
    </message>
    <message numerus="yes">
        <source>%n unsent change(s)</source>
        <translation>
            <numerusform>%n thay đổi chưa gửi</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n draft(s)</source>
        <translation>
            <numerusform>%n hồ sơ đang soạn</numerusform>
        </translation>
    </message>
    <message>
        <source>open for reading only</source>
        <translation>chỉ mở để đọc</translation>
    </message>
    <message>
        <source>&amp;Copy to this computer</source>
        <translation>&amp;Sao chép về máy này</translation>
    </message>
    <message>
        <source>The file can only be read where it lies: go on with a copy of it; the file stays as it is</source>
        <translation>Tệp chỉ đọc được ở nơi nó nằm: làm tiếp với một bản sao; tệp gốc giữ nguyên</translation>
    </message>
    <message>
        <source>&amp;Remember me on this computer</source>
        <translation>&amp;Nhớ đăng nhập trên máy này</translation>
    </message>
    <message>
        <source>Otherwise you sign in again each time QGIS is opened</source>
        <translation>Nếu không, mỗi lần mở QGIS anh/chị đăng nhập lại</translation>
    </message>
    <message>
        <source>Forgotten? Take the tick away and sign in with your account: no data is lost.</source>
        <translation>Quên thì bỏ dấu chọn ở trên rồi đăng nhập bằng tài khoản: không mất dữ liệu.</translation>
    </message>
    <message>
        <source>QGIS may ask for the “master password” that you made up on this computer.</source>
        <translation>QGIS có thể hỏi “mật mã chứng thực cái” (master password) mà anh/chị đã tự đặt trên máy này.</translation>
    </message>
    <message>
        <source>QGIS will ask for a “master password”, which locks what it remembers on this computer.</source>
        <translation>QGIS sẽ hỏi “mật mã chứng thực cái” (master password) để khóa những gì QGIS nhớ trên máy này.</translation>
    </message>
    <message>
        <source>It isn&apos;t your account&apos;s: make one up and type it twice, or press Cancel.</source>
        <translation>Đây không phải mật khẩu tài khoản: anh/chị tự đặt rồi gõ hai lần, hoặc bấm Huỷ (Cancel).</translation>
    </message>
    <message>
        <source>&amp;Account</source>
        <translation>&amp;Tài khoản</translation>
    </message>
    <message>
        <source>Your changes are in the file. They appear here once the record is restored.</source>
        <translation>Các thay đổi của anh/chị vẫn còn trong tệp. Danh sách hiện lại sau khi khôi phục ghi nhận.</translation>
    </message>
    <message>
        <source>Changes on this computer: kept, counted after the repair</source>
        <translation>Thay đổi trên máy này: vẫn còn, sẽ đếm sau khi khôi phục</translation>
    </message>
    <message>
        <source>in a draft</source>
        <translation>trong hồ sơ nháp</translation>
    </message>
    <message>
        <source>came back</source>
        <translation>bị trả lại</translation>
    </message>
    <message>
        <source>You are drawing. Each change appears here as soon as you save it with the button above.</source>
        <translation>Anh/chị đang vẽ. Mỗi thay đổi hiện ở đây ngay sau khi lưu bằng nút phía trên.</translation>
    </message>
    <message>
        <source>edits not saved yet</source>
        <translation>có thay đổi chưa lưu</translation>
    </message>
    <message>
        <source>&amp;Save what you have drawn</source>
        <translation>&amp;Lưu các thay đổi đang vẽ</translation>
    </message>
    <message>
        <source>Write your edits of all planning layers to this computer; you can go on drawing</source>
        <translation>Ghi những gì anh/chị vừa vẽ, sửa, xóa trên mọi lớp quy hoạch vào máy này; vẫn vẽ tiếp được</translation>
    </message>
    <message>
        <source>&amp;Finish drawing</source>
        <translation>&amp;Kết thúc vẽ</translation>
    </message>
    <message>
        <source>All is saved: leave edit mode, then make a proposal of your changes</source>
        <translation>Mọi thay đổi đã được lưu: thôi chỉnh sửa, rồi lập hồ sơ từ các thay đổi</translation>
    </message>
    <message>
        <source>https://… as the province has told you</source>
        <translation>https://… do tỉnh cung cấp</translation>
    </message>
    <message>
        <source>See the selected changes, or all, as the reviewer will: on the map, with balance and check</source>
        <translation>Xem các thay đổi được chọn (hoặc tất cả) như người thẩm định sẽ thấy: trên bản đồ, có cân bằng đất và kiểm tra</translation>
    </message>
    <message>
        <source>Pre&amp;view</source>
        <translation>&amp;Xem trước</translation>
    </message>
    <message>
        <source>&amp;Give the opinion that is asked for</source>
        <translation>&amp;Cho ý kiến được hỏi</translation>
    </message>
    <message>
        <source>Proposals wait for your agency&apos;s opinion</source>
        <translation>Có hồ sơ chờ ý kiến của cơ quan anh/chị</translation>
    </message>
</context>
</TS>
