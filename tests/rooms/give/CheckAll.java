import com.adobe.epubcheck.api.EpubCheck;
import com.adobe.epubcheck.util.DefaultReportImpl;
import com.adobe.epubcheck.util.ReportingLevel;
import java.io.File;

/** Checks many books in one machine, since starting it costs more than checking: messages on stderr, a line a book. */
public class CheckAll {
    public static void main(String[] books) {
        for (String book : books) {
            DefaultReportImpl report = new DefaultReportImpl(book);
            report.setReportingLevel(ReportingLevel.Usage);
            new EpubCheck(new File(book), report).doValidate();
            int found = report.getFatalErrorCount() + report.getErrorCount() + report.getWarningCount() + report.getUsageCount();
            System.out.println(new File(book).getName() + " " + found);
        }
    }
}
